import { commandHandlers, presses, shownMessages } from '../../fakes/fakeVscode';
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { name, publisher } from '../../../package.json';
import { Failure, type FailureCode } from '../../../src/core/base/failure';
import { accountLabel } from '../../../src/core/model/account';
import { command } from '../../../src/editor/command';
import { commandIds } from '../../../src/editor/commandIds';
import { describe as inWords } from '../../../src/editor/messages/messages';
import { remedyOffers } from '../../../src/editor/messages/offerRemedy';
import { showFailure } from '../../../src/editor/messages/showFailure';
import { bystanders } from '../../fakes/bystanders';
import { FakeClock, settle } from '../../fakes/fakeClock';
import { RecordingLog } from '../../fakes/recordingLog';
import { sampleSession } from '../../fakes/sampleSession';
import { RanCommands } from '../../fakes/ranCommands';

/** What the button of each failure says and runs; `about`: for the session that failed. */
const buttons = {
  signIn: { title: 'Sign In', runs: ['reltioAuth.signIn'], about: true },
  renew: { title: 'Renew Sign-In', runs: ['reltioAuth.renew'], about: true },
  updateClientSecret: { title: 'Update Client Secret', runs: ['reltioAuth.updateClientSecret'], about: true },
  showLog: { title: 'Show Log', runs: ['reltioAuth.showLog'], about: false },
  diagnose: { title: 'Diagnose', runs: ['reltioAuth.diagnose'], about: false },
  enterPassphrase: { title: 'Enter Passphrase', runs: ['reltioAuth.enterPassphrase'], about: false },
  addEnvironment: { title: 'Add Environment', runs: ['reltioAuth.addEnvironment'], about: false },
  trustWorkspace: { title: 'Manage Workspace Trust', runs: ['workbench.trust.manage'], about: false },
  openSettings: {
    title: 'Open Settings',
    runs: ['workbench.action.openSettings', `@ext:${publisher}.${name}`],
    about: false,
  },
} as const;

/** What helps, where it is one thing. A wrong button costs the user a sign-in, or leads nowhere. */
const remedies: Partial<Record<FailureCode, keyof typeof buttons>> = {
  clientRejected: 'updateClientSecret',
  clientUnknown: 'updateClientSecret',
  noRefreshToken: 'renew',
  tokenRejected: 'renew',
  refreshTokenRejected: 'signIn',
  refreshKeepsFailing: 'signIn',
  signInAgain: 'signIn',
  signedOut: 'signIn',
  storeDamaged: 'signIn',
  passphrase: 'enterPassphrase',
  untrustedHost: 'openSettings',
  noEnvironment: 'addEnvironment',
  noAccountFits: 'signIn',
  notSignedIn: 'signIn',
  environmentUnknown: 'addEnvironment',
  tokensNeedTrust: 'trustWorkspace',
  localProxyPortTaken: 'openSettings',
  workspaceNotTrusted: 'trustWorkspace',
  settingsNotWritten: 'openSettings',
  proxySetting: 'openSettings',
  caFile: 'openSettings',
  clientCertificate: 'openSettings',
  noTokenEndpoint: 'openSettings',
  notAnEnvironment: 'openSettings',
  tls: 'diagnose',
  dns: 'diagnose',
  proxy: 'diagnose',
  timeout: 'diagnose',
  unreachable: 'diagnose',
};

/** Where no button helps: someone else has to act, or the box that shows the failure stays open. */
const none: readonly FailureCode[] = [
  'accountLocked',
  'passwordExpired',
  'wrongPassword',
  'wrongCode',
  'codeExpired',
  'storeNewer',
  'rateLimited',
  'tokenNotAccepted',
  'severalAccounts',
  'noAccountInUse',
  'accountUnknown',
  'accountAmbiguous',
  'accountElsewhere',
  'expiresTooSoon',
  'tokenAccessDenied',
];

describe('the buttons of messages', () => {
  let commands: RanCommands;
  beforeEach(() => {
    shownMessages.length = 0;
    presses.length = 0;
    commands = new RanCommands();
  });
  afterEach(() => {
    commands.stop();
    presses.length = 0;
  });

  for (const [code, remedy] of Object.entries(remedies) as [FailureCode, keyof typeof buttons][]) {
    it(`offer what helps: ${remedy} after ${code}, for the session that failed`, async () => {
      const { title, runs, about } = buttons[remedy];
      const failure = new Failure(code, { host: 'auth.reltio.com' });
      await showFailure(failure, 'zoe');
      assert.deepEqual(shownMessages, [{ how: 'error', texts: [inWords(failure), title] }]);
      assert.deepEqual(commands.take(), [], 'the user has not pressed it');
      presses.push(title);
      await showFailure(failure, 'zoe');
      assert.deepEqual(commands.take(), [about ? [...runs, 'zoe'] : runs]);
    });
  }

  it('are missing if none helps, and for a box that the user left', async () => {
    for (const code of none) {
      await showFailure(new Failure(code, { host: 'auth.reltio.com' }), 'zoe');
      assert.equal(shownMessages.at(-1)?.texts.length, 1, code);
    }
    const before = shownMessages.length;
    await showFailure(new Failure('cancelled'), 'zoe');
    assert.equal(shownMessages.length, before);
    assert.deepEqual(commands.take(), []);
  });

  it('offer the log, and show nothing of the error, if it is not one of ours', async () => {
    presses.push('Show Log');
    await showFailure(new Error('token=s3cret'), 'zoe');
    assert.doesNotMatch(shownMessages[0]?.texts.join() ?? '', /s3cret/);
    assert.deepEqual(commands.take(), [['reltioAuth.showLog']]);
  });

  it('offer to reload the window when an update has removed one of our files, as Node reports it', async () => {
    const load = createRequire(__filename).bind(undefined, './no-such-file');
    await showFailure(thrownBy(load), 'zoe');
    assert.deepEqual(shownMessages.at(-1)?.texts, [
      'Reltio Authentication was updated or removed while this window was open. Reload the window, then try again.',
      'Reload Window',
    ]);
    presses.push('Reload Window');
    await showFailure(thrownBy(load), 'zoe');
    assert.deepEqual(commands.take(), [['workbench.action.reloadWindow']]);
  });

  it('say what helps a user whom Reltio locks out for an hour', () => {
    const after = (code: FailureCode) =>
      inWords(new Failure('refreshKeepsFailing', { host: 'auth.reltio.com', cause: new Failure(code) }));
    assert.equal(after('accountLocked'), `${inWords(new Failure('accountLocked'))} Then sign in again.`);
    assert.equal(after('passwordExpired'), inWords(new Failure('passwordExpired')));
    assert.match(after('serverError'), /^auth\.reltio\.com has answered every attempt/);
  });

  describe('that offer a remedy for one of several accounts', () => {
    const sessions = [sampleSession(), ...bystanders.map(({ session }) => session)];

    it('name it, and sign in again as that one, each by itself', async () => {
      const offer = remedyOffers(new FakeClock());
      for (const session of sessions) {
        const label = accountLabel(session.account);
        presses.push(`Sign in again as ${label}`);
        offer({ ...session, state: 'signInAgain' });
        await settle();
        assert.match(shownMessages.at(-1)?.texts[0] ?? '', new RegExp(label.replace(/[().]/g, '\\$&')));
        assert.deepEqual(commands.take(), [['reltioAuth.signIn', session.id]]);
      }
      assert.equal(shownMessages.length, sessions.length);
    });

    it('renew the one whose token Reltio rejects, when pressed and not before', async () => {
      const offer = remedyOffers(new FakeClock());
      for (const session of sessions) {
        offer({ ...session, state: 'rejected' });
      }
      await settle();
      assert.deepEqual(commands.take(), []);
      assert.equal(shownMessages.length, sessions.length);
      const another = remedyOffers(new FakeClock());
      presses.push('Renew Sign-In');
      another({ ...sessions[2]!, state: 'rejected' });
      await settle();
      assert.deepEqual(commands.take(), [['reltioAuth.renew', sessions[2]!.id]]);
    });
  });

  describe('of a command that fails', () => {
    const id = commandIds.signOut;
    let log: RecordingLog;
    const run = async (work: Parameters<typeof command>[2], argument?: unknown): Promise<unknown> => {
      const registered = command(id, log, work);
      try {
        return await commandHandlers.get(id)?.(argument);
      } finally {
        registered.dispose();
        await settle();
      }
    };
    beforeEach(() => {
      log = new RecordingLog();
    });

    it('are about the session that the caller named, or the one that the command acted on', async () => {
      const fails = () => Promise.reject(new Failure('signInAgain'));
      for (const [argument, about, expected] of [
        ['zoe', undefined, 'zoe'],
        [undefined, 'jane', 'jane'],
        ['zoe', 'jane', 'jane'],
        [{ id: 'zoe' }, undefined, undefined],
        [7, undefined, undefined],
      ] as const) {
        presses.push('Sign In');
        await run(async (_sessionId, says) => {
          if (about !== undefined) says(sampleSession({ id: about }));
          await fails();
        }, argument);
        assert.deepEqual(commands.take(), [['reltioAuth.signIn', expected]]);
      }
    });

    it('are its only result: the caller gets neither the failure nor a value, and the log a code', async () => {
      const seen: unknown[] = [];
      assert.equal(await run((sessionId) => void seen.push(sessionId), 'zoe'), undefined);
      assert.equal(await run((sessionId) => void seen.push(sessionId), ['zoe']), undefined);
      assert.deepEqual(seen, ['zoe', undefined]);
      assert.equal(await run(() => Promise.reject(new Error('token=s3cret'))), undefined);
      assert.equal(await run(() => Promise.reject(new Failure('tls', { host: 'auth.reltio.com' }))), undefined);
      assert.deepEqual(
        log.lines.map(({ level, event, fields }) => [level, event, fields]),
        [
          ['warn', `${id}: failed`, {}],
          ['warn', `${id}: failed`, { code: 'tls' }],
        ],
      );
    });
  });
});

function thrownBy(work: () => unknown): unknown {
  try {
    work();
  } catch (error) {
    return error;
  }
  return assert.fail('must throw');
}
