import { commandHandlers, personalSettings, shownMessages, workspaceTrust } from '../../../fakes/fakeVscode';
import '../../../fakes/fakeQuickInput';
import assert from 'node:assert/strict';
import { isFailure } from '../../../../src/core/base/failure';
import type { Host } from '../../../../src/editor/host';
import { logLine } from '../../../../src/editor/log';
import { copyMcpConfiguration } from '../../../../src/features/localProxy/mcp/copyMcpConfiguration';
import { WindowProxy } from '../../../../src/features/localProxy/windowProxy';
import { fakeHost } from '../../../fakes/fakeHost';
import { FakeLocalProxy } from '../../../fakes/fakeLocalProxy';
import { Installation, type TestCore } from '../../../fakes/installation';
import { goBack, scriptedPrompt } from '../../../fakes/scriptedPrompt';

const key = 'k3y-_'.padEnd(43, 'x');
const rejectsWith = (code: string) => (error: unknown) => isFailure(error) && error.code === code;

describe('Copy MCP Configuration', () => {
  let shared: Installation;
  let core: TestCore;
  let localProxy: FakeLocalProxy;
  let copied: string[];
  let prompt: ReturnType<typeof scriptedPrompt>;
  const run = async (answers: readonly string[], changes: Partial<Host> = {}): Promise<unknown> => {
    prompt = scriptedPrompt(answers);
    const host = fakeHost(core, {
      loadPrompt: () => Promise.resolve(prompt),
      copyText: (text) => Promise.resolve(void copied.push(text)),
      ...changes,
    });
    const keyStore = {
      get: () => Promise.resolve(key),
      replace: () => Promise.resolve(),
      announce: () => Promise.resolve(),
    };
    const proxy = new WindowProxy({ localProxy, key: keyStore, core: core.real, host });
    return await copyMcpConfiguration(proxy, core.real, host);
  };

  beforeEach(async () => {
    shared = new Installation().alone();
    core = shared.openCore();
    await core.holds();
    localProxy = new FakeLocalProxy();
    localProxy.become({ kind: 'here', port: 4711, since: 0 }, { agreed: true, wanted: true, port: 4711 });
    shared.log.lines.length = 0;
    copied = [];
    shownMessages.length = 0;
    personalSettings.clear();
    personalSettings.set('reltioAuth.environments', [
      { name: 'live', url: 'https://live.reltio.com', production: true },
      { name: 'dev', url: 'https://dev.reltio.com' },
    ]);
  });
  afterEach(() => {
    personalSettings.clear();
    workspaceTrust.isTrusted = true;
  });
  const addresses = (): unknown =>
    copied.map((text) =>
      Object.values((JSON.parse(text) as { mcpServers: Record<string, { url: string }> }).mcpServers).map(
        ({ url }) => url,
      ),
    );

  it('copies one environment or all for the program that the user picks, and returns nothing', async () => {
    assert.equal(await run(['Cursor', 'dev']), undefined);
    await run(['Cursor', 'live']);
    await run(['Cursor', 'All environments']);
    const [dev, live] = ['dev', 'live'].map((name) => `http://127.0.0.1:4711/${name}/ai/tools/mcp/`);
    assert.deepEqual(addresses(), [[dev], [live], [live, dev]]);
    assert.match(prompt.asked[1]?.items.join('\n') ?? '', /^dev.*\nlive.*\nAll environments.*\nAdd an environment/);
  });

  it('says where to put it, and not to share it', async () => {
    await run(['Cursor', 'All environments']);
    assert.deepEqual(shownMessages, [
      {
        how: 'information',
        texts: [
          'MCP configuration for live (production), dev copied. Add it to ~/.cursor/mcp.json. It contains the key of the local ' +
            'proxy, with which programs on this computer call Reltio as you. So do not commit or share it.',
        ],
      },
    ]);
  });

  it('goes back to the list of programs, and never has production as the first environment', async () => {
    await run(['Windsurf', goBack, 'Claude Code', 'dev']);
    assert.equal(prompt.asked[2]?.selected, 'Windsurf');
    assert.ok(prompt.asked[1]?.items[0]?.startsWith('dev'), prompt.asked[1]?.items[0]);
    assert.match(copied[0] ?? '', /"type": "http"/);
  });

  it('does not list "all" where there is only one', async () => {
    personalSettings.set('reltioAuth.environments', [{ name: 'dev', url: 'https://dev.reltio.com' }]);
    await run(['Cursor', 'dev']);
    assert.ok(!prompt.asked[1]?.items.some((item) => item.startsWith('All')));
  });

  it('adds an environment if the user wants to', async () => {
    const ran: string[] = [];
    commandHandlers.set('reltioAuth.addEnvironment', () => ran.push('add'));
    await run(['Cursor', 'Add an environment']);
    commandHandlers.delete('reltioAuth.addEnvironment');
    assert.deepEqual([ran, copied], [['add'], []]);
  });

  it('copies nothing without focus, trust, agreement or an environment, and when the user leaves', async () => {
    await assert.rejects(run(['Cursor', 'dev'], { isFocused: () => false }), rejectsWith('windowNotFocused'));
    workspaceTrust.isTrusted = false;
    await assert.rejects(run(['Cursor', 'dev']), rejectsWith('workspaceNotTrusted'));
    workspaceTrust.isTrusted = true;
    await assert.rejects(run(['Cursor']), rejectsWith('cancelled'));
    await assert.rejects(run([]), rejectsWith('cancelled'));
    localProxy.become({ kind: 'off' }, { agreed: false });
    await assert.rejects(run(['Do Not Start', 'Cursor', 'dev']), rejectsWith('cancelled'));
    personalSettings.clear();
    await assert.rejects(run(['Cursor', 'dev']), rejectsWith('noEnvironment'));
    assert.deepEqual([copied, shownMessages], [[], []]);
  });

  it('logs how many it copied, and nothing of the key', async () => {
    await run(['Cursor', 'dev']);
    const lines = shared.log.lines.map(({ event, fields }) => logLine(event, fields));
    assert.ok(
      lines.some((line) => line.includes('mcp: configuration copied') && line.includes('count=1')),
      lines.join(),
    );
    assert.ok(!lines.join().includes(key));
  });
});
