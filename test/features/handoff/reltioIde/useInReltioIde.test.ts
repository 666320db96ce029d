import {
  clipboard,
  commandHandlers,
  extensionsHaveChanged,
  installedExtensions,
  lookAway,
  modals,
  personalSettings,
  presses,
  remote,
  shownMessages,
} from '../../../fakes/fakeVscode';
import assert from 'node:assert/strict';
import { register } from '../../../../src/features/handoff/register';
import { commandIds, contextKeys } from '../../../../src/editor/commandIds';
import type { Host } from '../../../../src/editor/host';
import type { Environment } from '../../../../src/editor/settings/environments';
import { fakeHost } from '../../../fakes/fakeHost';
import { Installation, type TestCore } from '../../../fakes/installation';
import { scriptedPrompt } from '../../../fakes/scriptedPrompt';
import { jane, sampleTokens } from '../../../fakes/sampleSession';

const omar = { ...jane, identityServer: 'https://auth-prod.reltio.com', user: 'omar@acme.com' };
const reltioIde = { name: 'reltio-ide', contributes: { commands: [{ command: 'reltio.provideToken' }] } };

/** Other extensions, with these manifests. */
function install(...manifests: readonly unknown[]): void {
  installedExtensions.clear();
  manifests.forEach((packageJSON, index) => {
    const activate = () => Promise.reject(new Error('not by us'));
    installedExtensions.set(`acme.extension${index}`, { packageJSON, isActive: false, activate });
  });
  extensionsHaveChanged();
}

describe('Use in Reltio IDE', () => {
  let shared: Installation;
  let core: TestCore;
  let host: Host;
  let isFocused: boolean;
  let registered: { dispose(): unknown };
  /** What Reltio IDE was called with, and what was on the clipboard then. */
  let calls: { readonly with: readonly unknown[]; readonly pasted: string }[];
  let onContext: (isThere: unknown) => void;

  beforeEach(async () => {
    shared = new Installation();
    core = shared.openCore();
    await core.holds({ tokens: sampleTokens({ accessToken: 'janes-token' }) });
    await core.holds({ id: 'omar', account: omar, tokens: sampleTokens({ accessToken: 'omars-token' }) });
    isFocused = true;
    host = fakeHost(core, { isFocused: () => isFocused });
    await host.accountInUse.choose(jane);
    personalSettings.clear();
    personalSettings.set('reltioAuth.environments', [
      { name: 'dev', url: 'https://DEV.reltio.com' },
      { name: 'prod', url: 'https://prod.reltio.com', authUrl: omar.identityServer, production: true },
    ]);
    Object.assign(clipboard, { content: 'a recipe', isBusy: false });
    shownMessages.length = modals.length = presses.length = 0;
    calls = [];
    commandHandlers.set('reltio.provideToken', (...given) => {
      calls.push({ with: given, pasted: clipboard.content });
    });
    commandHandlers.set('setContext', (key, value) => {
      if (key === contextKeys.reltioIde) onContext(value);
    });
    install({ name: 'another' }, reltioIde);
    const atStart = new Promise((resolve) => (onContext = resolve));
    registered = register(core.real, host);
    assert.equal(await atStart, true);
  });
  afterEach(() => {
    registered.dispose();
    personalSettings.clear();
    ['reltio.provideToken', 'setContext'].forEach((id) => commandHandlers.delete(id));
    install();
  });

  const run = async (session?: string): Promise<unknown> =>
    await commandHandlers.get(commandIds.useInReltioIde)?.(session);
  const inUse = async (name: string): Promise<void> => {
    const { environments } = await host.settings.read();
    await host.environmentInUse.choose(environments.find((one): one is Environment => one.name === name)!);
  };
  const sentences = () => shownMessages.map(({ texts }) => texts[0]);

  it('copies the token, and opens the box of Reltio IDE for that environment without a secret in the call', async () => {
    assert.equal(await run(), undefined);
    assert.deepEqual(calls, [{ with: [{ environmentName: 'dev.reltio.com' }], pasted: 'janes-token' }]);
    assert.match(sentences()[0] ?? '', /^Token of jane@acme\.com \(auth\.reltio\.com\) copied\. Expires in /);
    assert.deepEqual(modals, []);
    await shared.clock.pass(61_000);
    assert.equal(clipboard.content, '', 'cleared as after every copy');
    assert.ok(!JSON.stringify([shared.log.lines, shownMessages]).includes('janes-token'));
  });

  it('asks before it copies for production, and goes on only after a yes', async () => {
    for (const press of [[], ['Do Not Copy']]) {
      void presses.splice(0, Infinity, ...press);
      await run('omar');
      assert.deepEqual([calls, clipboard.content, sentences()], [[], 'a recipe', []]);
    }
    presses.push('Copy');
    await run('omar');
    assert.deepEqual(calls, [{ with: [{ environmentName: 'prod.reltio.com' }], pasted: 'omars-token' }]);
    assert.match(modals.at(-1)?.detail ?? '', /^It gives access to production: prod\. /);
  });

  it('asks before every copy, if the user wants that', async () => {
    personalSettings.set('reltioAuth.clipboard.confirm', true);
    await run();
    assert.deepEqual([calls.length, clipboard.content, modals.length], [0, 'a recipe', 1]);
  });

  it('does nothing in a window without the focus', async () => {
    isFocused = false;
    await run();
    assert.deepEqual([calls, clipboard.content], [[], 'a recipe']);
    assert.match(sentences()[0] ?? '', /^Nothing was copied or started, because this window had no focus/);
  });

  it('asks before a host outside reltio.com is to get a token', async () => {
    personalSettings.set('reltioAuth.trustedHosts', ['reltio.com', 'acme.example']);
    personalSettings.set('reltioAuth.environments', [
      { name: 'corp', url: 'https://api.acme.example:8443', authUrl: jane.identityServer },
    ]);
    registered.dispose();
    const answers = ['Do Not Send', 'Send'];
    host = fakeHost(core, { loadPrompt: () => Promise.resolve(scriptedPrompt(answers.splice(0, 1))) });
    registered = register(core.real, host);
    await run('jane');
    assert.deepEqual([calls, clipboard.content], [[], 'a recipe']);
    await run('jane');
    assert.deepEqual(calls[0]?.with, [{ environmentName: 'api.acme.example:8443' }]);
  });

  it('copies nothing if Reltio IDE is not there', async () => {
    install({ name: 'another', contributes: { commands: [{ command: 'reltio.other' }] } });
    commandHandlers.delete('reltio.provideToken');
    await run();
    assert.equal(clipboard.content, 'a recipe');
    assert.match(sentences()[0] ?? '', /^Reltio IDE was not found in this window, so nothing was copied\./);
  });

  it('finds Reltio IDE in another extension host by its command', async () => {
    install();
    await run();
    assert.equal(calls.length, 1);
  });

  it('says where to paste the token if Reltio IDE fails', async () => {
    commandHandlers.set('reltio.provideToken', () => {
      throw new Error('janes-token could not be stored');
    });
    await run();
    const text = sentences().at(-1) ?? '';
    assert.match(text, /^Reltio IDE did not ask for the token\. Choose "Provide Token" at dev\.reltio\.com/);
    assert.ok(!JSON.stringify([shared.log.lines, sentences()]).includes('janes-token'));
  });

  it('is for the environment in use, and for the one that the user picks if none is', async () => {
    personalSettings.set('reltioAuth.environments', [
      { name: 'dev', url: 'https://dev.reltio.com' },
      { name: 'test', url: 'https://test.reltio.com' },
    ]);
    const asked: string[][] = [];
    host.environmentInUse.askWith((choices) => {
      asked.push(choices.map(({ name }) => name));
      return Promise.resolve(choices[1]!);
    });
    await run();
    await inUse('dev');
    await run();
    assert.deepEqual(asked, [['dev', 'test']]);
    assert.deepEqual(
      calls.map((call) => call.with[0]),
      [{ environmentName: 'test.reltio.com' }, { environmentName: 'dev.reltio.com' }],
    );
  });

  describe('in the command palette', () => {
    it('is shown once Reltio IDE is installed, and hidden when it is gone', async () => {
      commandHandlers.delete('reltio.provideToken');
      for (const [installed, isShown] of [
        [[], false],
        [[{ contributes: { commands: { command: 'reltio.provideToken' } } }], true],
        [[null, { contributes: null }, { contributes: { commands: [null, 7, { command: {} }] } }], false],
        [[reltioIde], true],
      ] as const) {
        const said = new Promise((resolve) => (onContext = resolve));
        install(...installed);
        assert.equal(await said, isShown, JSON.stringify(installed));
      }
    });

    it('does not go by the commands of a local window, where every extension is listed', async () => {
      const said = new Promise((resolve) => (onContext = resolve));
      install();
      assert.equal(await said, false, 'although a command of this name is there');
    });

    it('is shown in a remote window with the next focus after Reltio IDE became active in the other extension host', async () => {
      const provideToken = commandHandlers.get('reltio.provideToken') ?? assert.fail();
      commandHandlers.delete('reltio.provideToken');
      const said = () => new Promise((resolve) => (onContext = resolve));
      const gone = said();
      install();
      assert.equal(await gone, false);
      commandHandlers.set('reltio.provideToken', provideToken);
      remote.name = 'ssh-remote';
      try {
        const found = said();
        lookAway(true, true);
        assert.equal(await found, true);
      } finally {
        delete remote.name;
      }
    });
  });
});
