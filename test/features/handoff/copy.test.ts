import { clipboard, commandHandlers, modals, personalSettings, presses, shownMessages } from '../../fakes/fakeVscode';
import assert from 'node:assert/strict';
import { register } from '../../../src/features/handoff/register';
import { copyQuestion } from '../../../src/features/handoff/copyQuestion';
import type { Account } from '../../../src/core/model/account';
import { withoutRefreshToken } from '../../../src/core/model/tokens';
import type { Host } from '../../../src/editor/host';
import type { Environment } from '../../../src/editor/settings/environments';
import { logLine } from '../../../src/editor/log';
import { monday, settle } from '../../fakes/fakeClock';
import { fakeHost } from '../../fakes/fakeHost';
import { jane, sampleTokens } from '../../fakes/sampleSession';
import { Installation, type TestCore } from '../../fakes/installation';

const omar: Account = { ...jane, identityServer: 'https://auth-prod.reltio.com', user: 'omar@acme.com' };
const environment = (name: string, account: Account, production = false): Environment => ({
  name,
  url: `https://${name}.reltio.com`,
  identityServer: account.identityServer,
  tenant: undefined,
  production,
  clientId: undefined,
  mcp: false,
});
const environments = [environment('dev', jane), environment('test', jane), environment('prod', omar, true)];

describe('the commands that copy, with two accounts', () => {
  let shared: Installation;
  let core: TestCore;
  let host: Host;
  let isFocused: boolean;
  let registered: { dispose(): unknown };
  const run = async (id: string, ...argument: unknown[]): Promise<unknown> =>
    await commandHandlers.get(`reltioAuth.${id}`)?.(...argument);
  const logged = (): string[] => shared.log.lines.map(({ event, fields }) => logLine(event, fields));

  beforeEach(async () => {
    shared = new Installation();
    const { log } = shared;
    core = shared.openCore();
    await core.holds({ tokens: sampleTokens({ accessToken: 'janes-token' }) });
    await core.holds({ id: 'omar', account: omar, tokens: sampleTokens({ accessToken: 'omars-token' }) });
    host = fakeHost(core, { isFocused: () => isFocused });
    await host.accountInUse.choose(jane);
    Object.assign(clipboard, { content: 'a recipe', isBusy: false });
    isFocused = true;
    personalSettings.clear();
    personalSettings.set(
      'reltioAuth.environments',
      environments.map(({ name, url, identityServer, production }) => ({
        name,
        url,
        authUrl: identityServer,
        production,
      })),
    );
    registered = register(core.real, host);
    shownMessages.length = modals.length = presses.length = 0;
    log.lines.length = 0;
  });

  afterEach(() => {
    registered.dispose();
    personalSettings.clear();
  });

  it('ask before each copy for production, whatever the settings say of copies, and Enter copies nothing', async () => {
    for (const id of ['copyToken', 'copyAuthorizationHeader', 'copyCurl']) {
      clipboard.content = 'a recipe';
      await run(id, 'omar');
      assert.equal(clipboard.content, 'a recipe', id);
      presses.push('Copy');
      await run(id, 'omar');
      assert.match(clipboard.content, /omars-token/, id);
      assert.equal(modals.at(-1)?.buttons[0], 'Do Not Copy');
      assert.match(modals.at(-1)?.detail ?? '', /^It gives access to production: prod\. /);
    }
    assert.equal(modals.length, 6, 'each time');
  });

  it('ask before a copy that may be meant for production, and not while another environment is in use', async () => {
    await host.settings.read();
    personalSettings.set('reltioAuth.environments', [
      { name: 'dev', url: 'https://dev.reltio.com' },
      { name: 'live', url: 'https://live.reltio.com', production: true },
    ]);
    registered.dispose();
    host = fakeHost(core, { isFocused: () => isFocused });
    await host.accountInUse.choose(jane);
    registered = register(core.real, host);
    await run('copyToken');
    assert.equal(modals.length, 1, 'no environment was chosen');
    const { environments: known } = await host.settings.read();
    await host.environmentInUse.choose(known[0]!);
    await run('copyToken');
    assert.equal(modals.length, 1);
    assert.equal(clipboard.content, 'janes-token');
    await host.environmentInUse.choose(known[1]!);
    await run('copyToken');
    assert.equal(modals.length, 2);
  });

  it('copy what was requested from the right account, return nothing, and log the copy', async () => {
    assert.equal(await run('copyToken'), undefined);
    assert.equal(clipboard.content, 'janes-token');
    assert.deepEqual(modals, []);
    presses.push('Copy');
    assert.equal(await run('copyAuthorizationHeader', 'omar'), undefined);
    assert.equal(clipboard.content, 'Authorization: Bearer omars-token');
    assert.deepEqual(logged(), ['copy: done session=jane form=token', 'copy: done session=omar form=header']);
    assert.equal(host.copied.current?.label, 'omar@acme.com (auth-prod.reltio.com)');
    assert.match(shownMessages[0]?.texts[0] ?? '', /^Token of jane@acme\.com \(auth\.reltio\.com\) copied\. /);
    assert.match(shownMessages[1]?.texts[0] ?? '', /^Header of omar@acme\.com \(auth-prod\.reltio\.com\) copied\. /);
    assert.equal(modals.length, 1, 'only for production');
    assert.doesNotMatch(JSON.stringify([shared.log.lines, shownMessages]), /janes-token|omars-token/);
  });

  for (const id of ['copyToken', 'copyAuthorizationHeader']) {
    it(`copy nothing in a window without focus, and say what to do: ${id}`, async () => {
      isFocused = false;
      personalSettings.set('reltioAuth.clipboard.confirm', true);
      for (const session of [undefined, 'omar']) {
        await run(id, session);
        assert.equal(clipboard.content, 'a recipe');
      }
      assert.equal(shared.http.requests.length, 0);
      assert.deepEqual(modals, []);
      assert.match(
        shownMessages[0]?.texts[0] ?? '',
        /^Nothing was copied or started, .* click in the window and run it again\.$/,
      );
      const form = id === 'copyToken' ? 'token' : 'header';
      assert.ok(
        logged().includes(`copy: refused in a window without focus form=${form} session=omar`),
        logged().join(),
      );
    });
  }

  it('ask first if the user wants that, name the account and its environments, and copy only after a yes', async () => {
    personalSettings.set('reltioAuth.clipboard.confirm', true);
    for (const press of [[], ['Do Not Copy']]) {
      void presses.splice(0, Infinity, ...press);
      await run('copyToken', 'omar');
      assert.equal(clipboard.content, 'a recipe');
      assert.equal(host.copied.current, undefined);
    }
    assert.deepEqual(shownMessages, [], 'no further message is shown');
    assert.deepEqual(logged(), Array(2).fill('copy: declined session=omar form=token'));
    presses.push('Copy');
    await run('copyToken', 'omar');
    assert.equal(clipboard.content, 'omars-token');
    const [asked] = modals;
    assert.equal(asked?.message, 'Copy the access token of omar@acme.com (auth-prod.reltio.com)?');
    assert.match(asked.detail ?? '', /account: prod \(prod\.reltio\.com, production\)\.$/);
    assert.deepEqual(asked.buttons, ['Do Not Copy', 'Copy'], 'Enter presses the first');
  });

  describe('Copy as cURL', () => {
    it('copies a command for the environment of that account, with its token, and clears it like a token', async () => {
      await host.environmentInUse.update();
      await host.environmentInUse.choose(environments[0] ?? assert.fail());
      await run('copyCurl');
      assert.match(clipboard.content, /Bearer janes-token'? ?\| curl/);
      assert.match(clipboard.content, /https:\/\/dev\.reltio\.com\/reltio\//);
      assert.match(shownMessages[0]?.texts[0] ?? '', /^cURL for dev \((sh|PowerShell)\) of jane@acme\.com/);
      assert.deepEqual(logged(), ['copy: done session=jane form=curl']);
      assert.deepEqual(modals, []);
      await shared.clock.pass(61_000);
      assert.equal(clipboard.content, '');
    });

    it('asks before each copy for production, and names the environment', async () => {
      for (const press of [[], ['Do Not Copy'], ['Copy']]) {
        void presses.splice(0, Infinity, ...press);
        await run('copyCurl', 'omar');
        assert.equal(clipboard.content === 'a recipe', press[0] !== 'Copy');
      }
      assert.equal(modals.length, 3);
      assert.equal(
        modals[0]?.message,
        'Copy a cURL command, with the access token, of omar@acme.com (auth-prod.reltio.com)?',
      );
      assert.match(modals[0].detail, /prod \(prod\.reltio\.com, production\)/);
      assert.match(clipboard.content, /omars-token.*https:\/\/prod\.reltio\.com/);
    });

    it('never carries the token of one account to the environment of another', async () => {
      await host.environmentInUse.update();
      await host.environmentInUse.choose(environments[2] ?? assert.fail()); // of Omar's server
      host.environmentInUse.askWith((choices) => {
        assert.deepEqual(
          choices.map(({ name }) => name),
          ['dev', 'test'],
        );
        return Promise.resolve(choices[1] ?? assert.fail());
      });
      await run('copyCurl', 'jane');
      assert.match(clipboard.content, /janes-token.*https:\/\/test\.reltio\.com/);
    });

    it('asks before the first command for a host outside reltio.com, and copies nothing without a yes', async () => {
      personalSettings.set('reltioAuth.trustedHosts', ['reltio.com', 'acme.example']);
      personalSettings.set('reltioAuth.environments', [{ name: 'own', url: 'https://mdm.acme.example' }]);
      const { scriptedPrompt } = await import('../../fakes/scriptedPrompt');
      const answers = ['Do Not Send', 'Send'];
      const asked: string[] = [];
      registered.dispose();
      host = fakeHost(core, {
        loadPrompt: () => {
          const prompt = scriptedPrompt(answers.splice(0, 1));
          return Promise.resolve({
            ...prompt,
            choose: async (choice) => {
              asked.push(choice.message);
              return await prompt.choose(choice);
            },
          });
        },
      });
      registered = register(core.real, host);
      await run('copyCurl', 'jane');
      assert.equal(clipboard.content, 'a recipe');
      await run('copyCurl', 'jane');
      assert.match(clipboard.content, /janes-token.*https:\/\/mdm\.acme\.example\//);
      await run('copyCurl', 'jane');
      assert.deepEqual(asked, Array(2).fill('Send your access token to mdm.acme.example?'));
    });

    it('copies nothing without an environment for the account, or without focus', async () => {
      personalSettings.delete('reltioAuth.environments');
      await run('copyCurl');
      isFocused = false;
      await run('copyCurl');
      assert.equal(clipboard.content, 'a recipe');
      assert.equal(shownMessages.length, 2);
    });
  });

  it('offer the remedy for the account that they were about', async () => {
    const dead = {
      state: 'signInAgain',
      tokens: withoutRefreshToken(sampleTokens({ accessTokenExpiresAt: monday })),
    } as const;
    await core.alter('jane', dead);
    await core.alter('omar', dead);
    const signedIn: unknown[] = [];
    commandHandlers.set('reltioAuth.signIn', (id) => signedIn.push(id));
    for (const id of [undefined, 'omar']) {
      presses.push(...(id === 'omar' ? ['Copy'] : []), 'Sign In'); // omar's environment is production
      await run('copyToken', id);
      await settle();
    }
    commandHandlers.delete('reltioAuth.signIn');
    assert.deepEqual(signedIn, ['jane', 'omar']);
    assert.equal(clipboard.content, 'a recipe');
  });

  it('report a failure when VS Code cannot write, and log no copy', async () => {
    clipboard.isBusy = true;
    await run('copyToken');
    assert.equal(shownMessages[0]?.how, 'error');
    assert.ok(!logged().some((line) => line.startsWith('copy: done')));
    assert.equal(host.copied.current, undefined);
  });

  it('clear the token at once when the user asks for it, and show the result', async () => {
    await run('copyToken');
    shownMessages.length = 0;
    await run('clearCopiedToken');
    assert.equal(clipboard.content, '');
    await run('clearCopiedToken');
    await run('copyToken');
    clipboard.isBusy = true;
    await run('clearCopiedToken');
    await settle();
    const texts = shownMessages.map(({ texts: [text] }) => text ?? '').filter((text) => !text.startsWith('Token of'));
    assert.deepEqual(texts, [
      'The copied token was removed from the clipboard.',
      'The clipboard holds no token that was copied in this window.',
      'The clipboard cannot be cleared now. Copy something else to replace the token.',
    ]);
    assert.equal(shared.clock.now(), monday);
  });
});

describe('the question before a copy', () => {
  it('names the account, what is copied, and every environment that accepts it', () => {
    const question = copyQuestion('header', jane, environments);
    assert.equal(
      question.message,
      'Copy the Authorization header, with the access token, of jane@acme.com (auth.reltio.com)?',
    );
    assert.match(question.detail, /account: dev \(dev\.reltio\.com\), test \(test\.reltio\.com\)\.$/);
  });

  it('mentions no environment if none is configured, and none of another server or client', () => {
    const others = [environment('prod', omar, true), { ...environment('dev', jane), clientId: 'tool' }];
    for (const list of [[], others]) {
      assert.doesNotMatch(copyQuestion('token', jane, list).detail, /environments/);
    }
  });
});
