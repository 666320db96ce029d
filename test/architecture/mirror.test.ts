import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../../scripts/process/folders';

/** Tests of what several files do together, so that no single file has their name. */
const OF_SEVERAL_FILES: Readonly<Record<string, string>> = {
  'core/calls/askingTooOften': 'the limits of one window and of all windows',
  'core/localProxy/mcp': 'the whole way from an MCP client to an MCP server and back',
  'core/sessions/clientAgain': 'every use case of sessions, with a client that asks for its token again',
  'core/sessions/clientAtServer': 'the whole core and a client at a real server',
  'core/sessions/identityServer': 'the whole core at a real server',
  'core/sessions/outdatedWindow': 'every use case of sessions, in a window whose late files are gone',
  'core/sessions/pastedToken': 'every use case of sessions, with a token that nothing refreshes',
  'core/sessions/twoAccounts': 'every use case of sessions, with several accounts',
  'editor/messages/buttons': 'messages, their buttons and the commands behind them',
  'editor/messages/everyFailure': 'the compiler: a failure without a sentence is an error',
  'editor/prompt/secretBox': 'boxes and what VS Code keeps of them',
  'editor/settings/settingSchema': 'the schema of settings, and the parser that it agrees with',
  'editor/settings/settingValues': 'settings with values that no schema allows',
  'features/handoff/severalAccounts': 'every command that gives a token away, with several accounts',
  'features/localProxy/tools': 'the local proxy, as programs use it that others wrote',
  'features/provider/twoAccounts': 'the provider with several accounts',
  'features/signIn/methods/newMethod': 'what a new sign-in method needs: one file and one line',
  'features/signIn/severalAccounts': 'what sign-in and accounts show of several accounts',
  'features/signIn/signInCommands': 'the commands of sign-in and accounts, with several accounts',
  'features/signIn/twoServers': 'the boxes with several servers and accounts',
  'features/statusBar/accessibility': 'item, tooltip and menu for those who do not see them, or not their colours',
  'features/statusBar/combinations': 'item, tooltip and menu with any number of accounts and environments',
  'features/statusBar/localProxy': 'the local proxy in item, tooltip, menu and details',
  'features/statusBar/oneRemedy': 'the same remedy in every place that shows one',
  'features/statusBar/otherSignIns': 'what the status bar shows of a client and of a pasted token',
  'features/statusBar/severalAccounts': 'item, menu and details with several accounts',
  'features/statusBar/texts': 'tooltip and details',
};

describe('test/', () => {
  const tests = ['core', 'editor', 'features'].flatMap((floor) =>
    readdirSync(join(ROOT, 'test', floor), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.test.ts'))
      .map((name) => `${floor}/${name.replaceAll('\\', '/').replace(/\.test\.ts$/, '')}`),
  );

  it('mirrors src: each test has the path of the file that it tests', () => {
    const alone = tests.filter((test) => !namesakes(test).some((file) => existsSync(join(ROOT, 'src', file))));
    assert.deepEqual(alone.sort(), Object.keys(OF_SEVERAL_FILES).sort());
  });
});

/** `storage/storeDamage` → `storage/storeDamage.ts`, and `storage/store.ts`: a file may have several tests. */
function namesakes(test: string): string[] {
  const shorter = [...test.matchAll(/(?<=[a-z])(?=[A-Z])/g)].map(({ index }) => test.slice(0, index));
  return [test, ...shorter.filter((name) => name.lastIndexOf('/') === test.lastIndexOf('/'))].map(
    (name) => `${name}.ts`,
  );
}
