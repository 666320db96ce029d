import { lists } from '../../fakes/fakeQuickInput';
import { commandHandlers, presses, shownMessages } from '../../fakes/fakeVscode';
import assert from 'node:assert/strict';
import { accountId, accountLabel, type Account } from '../../../src/core/model/account';
import type { Session } from '../../../src/core/model/session';
import { withoutRefreshToken } from '../../../src/core/model/tokens';
import { showFoundAccounts } from '../../../src/features/signIn/showFoundAccounts';
import { showSignedIn } from '../../../src/features/signIn/showSignedIn';
import type { SignInRequest } from '../../../src/editor/signIn';
import { LastSignIn } from '../../../src/features/signIn/lastSignIn';
import { remindToRenew } from '../../../src/features/accounts/renewReminder';
import { hasSignInTraces } from '../../../src/editor/signInTraces';
import { register as registerAccounts } from '../../../src/features/accounts/register';
import { register as registerSignIn } from '../../../src/features/signIn/register';
import { AccountInUse } from '../../../src/editor/accountInUse';
import { bystanders } from '../../fakes/bystanders';
import { FakeClock, monday, settle } from '../../fakes/fakeClock';
import { pair } from '../../fakes/fakeHttp';
import { fakeHost } from '../../fakes/fakeHost';
import { FakeMemory } from '../../fakes/fakeMemory';
import { jane, sampleSession, sampleTokens } from '../../fakes/sampleSession';
import { Installation, type TestCore } from '../../fakes/installation';
import { RanCommands } from '../../fakes/ranCommands';
import { scriptedPrompt } from '../../fakes/scriptedPrompt';

const day = 24 * 3_600_000;
const allSessions: readonly Session[] = [sampleSession(), ...bystanders.map(({ session }) => session)];

describe('what the user is shown about one of several accounts', () => {
  let commands: RanCommands;
  beforeEach(() => {
    shownMessages.length = presses.length = 0;
    commands = new RanCommands();
  });
  afterEach(() => {
    commands.stop();
    presses.length = 0;
  });

  it('after a sign-in is about that account, and so are its buttons', async () => {
    for (const session of allSessions) {
      for (const [button, command, isSameToken] of [
        ['Copy Token', 'reltioAuth.copyToken', false],
        ['Renew Sign-In', 'reltioAuth.renew', true],
        [undefined, undefined, true],
      ] as const) {
        if (button !== undefined) presses.push(button);
        await showSignedIn({ session, isSameToken }, new FakeClock());
        assert.ok(shownMessages.at(-1)?.texts[0]?.startsWith(`Signed in as ${accountLabel(session.account)}. `));
        assert.deepEqual(commands.take(), command === undefined ? [] : [[command, session.id]]);
      }
      presses.push('Renew Sign-In');
      await showSignedIn({ session: { ...session, state: 'rejected' }, isSameToken: false }, new FakeClock());
      assert.deepEqual(commands.take(), [['reltioAuth.renew', session.id]]);
    }
  });

  it('signs out the only one that was found, or lets the user choose among several', async () => {
    for (const [found, argument] of [
      [[allSessions[1]!], 'zoe'],
      [[allSessions[1]!, allSessions[0]!], undefined],
    ] as const) {
      presses.push('Sign Out');
      await showFoundAccounts(found);
      assert.deepEqual(commands.take(), [['reltioAuth.signOut', argument]]);
      await showFoundAccounts(found);
      assert.deepEqual(commands.take(), [], 'the button was not pressed');
    }
  });

  describe('by the reminder that a sign-in expires', () => {
    let clock: FakeClock;
    let memory: FakeMemory;
    let sessions: readonly Session[];
    const endingIn = (id: string, account: Account, days: number): Session =>
      sampleSession({
        id,
        account,
        tokens: sampleTokens({
          accessTokenExpiresAt: monday + 400 * day,
          refreshTokenReceivedAt: monday - (28 - days) * day,
        }),
      });
    beforeEach(() => {
      clock = new FakeClock();
      memory = new FakeMemory();
      sessions = allSessions.map(({ id, account }, index) => endingIn(id, account, index + 2)); // in 2, 3, 4 and 5 days
    });
    const remind = async (): Promise<string[]> => {
      shownMessages.length = 0;
      await remindToRenew({ sessions, refreshTokenDays: 28, memory, clock });
      await settle();
      return shownMessages.map(({ texts: [text] }) => text!);
    };
    const isAbout = (text: string | undefined, { account }: Session) =>
      text?.startsWith(`The Reltio sign-in of ${accountLabel(account)} expires `) === true;

    it('is each of those that expire within three days, once a day, and no other', async () => {
      const [jane, zoe, third] = sessions as [Session, Session, Session];
      const first = await remind();
      assert.deepEqual([first.length, isAbout(first[0], jane), isAbout(first[1], zoe)], [2, true, true]);
      assert.deepEqual(await remind(), []);
      await clock.pass(day - 1);
      assert.deepEqual(await remind(), []);
      await clock.pass(1);
      const next = await remind();
      assert.deepEqual([next.length, isAbout(next[2], third)], [3, true], 'its three days have begun');
    });

    it('is each once a day, even if their days begin at different hours', async () => {
      const [jane, zoe] = sessions as [Session, Session];
      sessions = [jane, endingIn(zoe.id, zoe.account, 3 + 2 / 24)];
      assert.equal((await remind()).length, 1);
      await clock.pass(2 * 3_600_000);
      assert.deepEqual(
        (await remind()).map((text) => isAbout(text, zoe)),
        [true],
      );
      assert.deepEqual(await remind(), []);
    });

    it('renews the one that the message names', async () => {
      presses.push('Renew Sign-In');
      await remind();
      assert.deepEqual(commands.take(), [['reltioAuth.renew', 'jane']]);
      await clock.pass(day);
      sessions = [sessions[1]!];
      presses.push('Renew Sign-In');
      await remind();
      assert.deepEqual(commands.take(), [['reltioAuth.renew', 'zoe']]);
    });

    it('is not one that must do something else first', async () => {
      const over = withoutRefreshToken(sampleTokens({ accessTokenExpiresAt: monday }));
      sessions = [
        { ...sessions[0]!, state: 'clientRejected' },
        { ...sessions[1]!, state: 'signInAgain', tokens: over },
      ];
      assert.deepEqual(await remind(), []);
    });
  });
});

describe('what is remembered of the last sign-in', () => {
  const stage: Account = { ...jane, identityServer: 'https://auth-stg.reltio.com', user: 'zoe@acme.com' };

  const remember = (last: LastSignIn, account: Account, kind = 'password') =>
    last.remember({ account, method: { kind } });

  it('is the last server, and the last user and method of each', async () => {
    const memory = new FakeMemory();
    const last = new LastSignIn(memory);
    const servers = ['https://auth-eu.reltio.com', jane.identityServer, stage.identityServer];
    assert.deepEqual(last.first(servers), servers);
    await remember(last, jane);
    await remember(last, stage);
    assert.deepEqual(last.first(servers), [stage.identityServer, servers[0], jane.identityServer]);
    assert.deepEqual(
      [...servers, undefined].map((server) => last.user(server)),
      [undefined, 'jane@acme.com', 'zoe@acme.com', undefined],
    );
    await remember(last, { ...jane, user: 'omar@acme.com' }, 'identityProvider');
    assert.deepEqual(
      [last.user(jane.identityServer), last.user(stage.identityServer)],
      ['omar@acme.com', 'zoe@acme.com'],
    );
    assert.equal(last.first(servers)[0], jane.identityServer);
    assert.deepEqual(
      [...servers, undefined].map((server) => last.method(server)),
      [undefined, 'identityProvider', 'password', undefined],
    );
  });

  it('says whether a user has signed in, in this profile or in this workspace', async () => {
    const used = new FakeMemory();
    await remember(new LastSignIn(used), jane);
    assert.equal(hasSignInTraces(used, new FakeMemory()), true);
    const workspace = new FakeMemory();
    const { sessions } = new Installation().openCore();
    const inUse = new AccountInUse(sessions, workspace, new Installation().log);
    await inUse.choose(stage);
    assert.equal(hasSignInTraces(new FakeMemory(), workspace), true);
    const agreed = new FakeMemory();
    agreed.values.set('confirmedHosts', ['auth.acme.example']);
    assert.equal(hasSignInTraces(agreed, new FakeMemory()), false);
  });
});

describe('the sign-in commands, when they name one of several accounts', () => {
  let shared: Installation;
  let core: TestCore;
  let requests: SignInRequest[];
  let answers: string[];
  let asked: ReturnType<typeof scriptedPrompt>['asked'];
  let registered: readonly { dispose(): unknown }[];
  beforeEach(async () => {
    shownMessages.length = presses.length = 0;
    [shared, requests, answers] = [new Installation(), [], []];
    core = shared.openCore();
    await core.holds();
    const host = fakeHost(core, {
      loadPrompt: () => {
        const prompt = scriptedPrompt(answers);
        asked = prompt.asked;
        return Promise.resolve(prompt);
      },
    });
    await host.accountInUse.choose(jane);
    registered = [registerSignIn(core.real, host), registerAccounts(core.real, host), host.settings];
    host.signIn.runWith(() =>
      Promise.resolve({
        run: (request) => {
          requests.push(request);
          const session = core.store.sessions.find(
            ({ account }) =>
              account.identityServer === request.identityServer &&
              account.clientId === request.clientId &&
              account.user === request.user,
          );
          return Promise.resolve(session!);
        },
      }),
    );
  });
  afterEach(() => {
    registered.forEach((one) => one.dispose());
  });
  const run = async (id: string, ...argument: unknown[]): Promise<void> => {
    await commandHandlers.get(`reltioAuth.${id}`)?.(...argument); // loads a file, which takes real time
    await settle();
  };

  it('sign in again, or renew, as that account: user, server, client and method', async () => {
    for (const { id, account, method } of core.store.sessions) {
      await run('signIn', id);
      assert.deepEqual(requests.pop(), { ...account, method });
      await run('renew', id);
      assert.deepEqual(requests.pop(), { ...account, method, renews: true });
      assert.deepEqual(requests, []);
    }
  });

  it('renew the one in use if none is named, and none if the named one was signed out', async () => {
    await run('renew');
    assert.equal(requests.pop()?.user, jane.user);
    await run('renew', 'gone');
    await run('updateClientSecret', 'gone');
    assert.deepEqual(requests, []);
    assert.deepEqual(
      shownMessages.map(({ texts: [text] }) => text),
      Array(2).fill('This account is no longer signed in to Reltio. Sign in first.'),
    );
  });

  it('sign out no account, and offer no other, if the named one was signed out', async () => {
    lists.length = 0;
    await run('signOut', 'gone');
    assert.deepEqual(lists, []);
    assert.match(shownMessages[0]?.texts[0] ?? '', /^This account is no longer signed in to Reltio/);
    assert.equal(core.store.sessions.length, 4);
  });

  it('update the client secret of that one, at its server, and no other', async () => {
    shared.alone(); // this test changes the client of one of the others
    const eu = 'https://auth-eu.reltio.com';
    answers = ['new secret of the EU'];
    shared.http.next(pair('a-eu', 'r-eu'));
    await run('updateClientSecret', 'jane-eu');
    assert.ok(asked[0]?.question.includes('reltio_ui') && asked[0].question.includes('auth-eu.reltio.com'));
    assert.equal(asked[0]?.secret, true);
    assert.deepEqual(
      shared.http.requests.map(({ url, form }) => [new URL(url).host, form['refresh_token']]),
      [['auth-eu.reltio.com', 'refresh-of-jane-eu']],
    );
    assert.equal((await core.clients.find(eu, 'reltio_ui'))?.secret, 'new secret of the EU');
    assert.equal((await core.clients.find(jane.identityServer, 'reltio_ui'))?.secret, 'secret');
    assert.equal((await core.clients.find(jane.identityServer, 'acme_reports_eu'))?.secret, 'secret of the reports');
    assert.equal(new Set(core.store.sessions.map(({ account }) => accountId(account))).size, 4);
  });
});
