import assert from 'node:assert/strict';
import { Failure } from '../../../../src/core/base/failure';
import type { Account } from '../../../../src/core/model/account';
import type { Environment } from '../../../../src/editor/settings/environments';
import { clear, type ClearanceParts } from '../../../../src/features/handoff/requestFiles/clearance';
import { RecordingLog } from '../../../fakes/recordingLog';
import { sampleEnvironment } from '../../../fakes/sampleEnvironment';
import { robot, sampleSession } from '../../../fakes/sampleSession';

const dev = sampleEnvironment('dev');
const url = 'https://dev.reltio.com/reltio/api/AcmeDev';

describe('whether a request file gets a token', () => {
  let environments: readonly Environment[];
  let account: Account;
  let asked: unknown[];
  let log: RecordingLog;
  beforeEach(() => {
    environments = [dev];
    ({ account } = sampleSession());
    asked = [];
    log = new RecordingLog();
  });
  const parts = (changes: Partial<ClearanceParts> = {}): ClearanceParts => {
    const found = () => Promise.resolve({ session: sampleSession({ account }), environment: undefined });
    return {
      isTrusted: () => true,
      environments: () => Promise.resolve(environments),
      tokens: { find: found, fresh: found },
      allowance: {
        has: async (...question) => {
          asked.push(question);
          return true;
        },
      },
      mayReceiveToken: async (...to) => {
        asked.push(to);
        return true;
      },
      log,
      ...changes,
    };
  };

  it('it does, once the user allows it for this account and this environment', async () => {
    const cleared = await clear(url, parts());
    assert.deepEqual([cleared.url, cleared.environment, cleared.session.id], [url, dev, 'jane']);
    assert.deepEqual(asked, [
      ['requestFiles', account, dev],
      ['https://dev.reltio.com', 'https://auth.reltio.com'],
    ]);
  });

  it('not in an untrusted workspace, and nobody is asked', async () => {
    const nothing = () => assert.fail('nothing is looked up');
    const tokens = { find: nothing, fresh: nothing };
    await assert.rejects(
      clear(url, parts({ isTrusted: () => false, tokens })),
      /^Reltio: The request was not sent\. .*trust/,
    );
    assert.deepEqual(asked, []);
  });

  it('not for another address, and nobody is asked', async () => {
    await assert.rejects(clear('https://evil.example/', parts()), /evil\.example is not one of your/);
    assert.deepEqual(asked, []);
  });

  it('not if the user does not allow it, or does not agree to the host', async () => {
    const denied = parts({ allowance: { has: () => Promise.resolve(false) } });
    await assert.rejects(clear(url, denied), /Reltio: Change Token Access/);
    assert.deepEqual(
      log.lines.map(({ level, event }) => `${level} ${event}`),
      ['warn request file: not sent'],
    );
    await assert.rejects(clear(url, parts({ mayReceiveToken: () => Promise.resolve(false) })), /did not agree/);
  });

  it('not without an account, with the sentence of the failure', async () => {
    const none = () => Promise.reject(new Failure('signedOut'));
    await assert.rejects(clear(url, parts({ tokens: { find: none, fresh: none } })), /not sent\. .*Sign in/i);
  });

  it('not if the settings cannot be read, and no text of that error is shown', async () => {
    const unreadable = parts({ environments: () => Promise.reject(new Error('C:\\secret')) });
    await assert.rejects(clear(url, unreadable), (error: Error) => !error.message.includes('secret'));
  });

  for (const [what, change] of Object.entries<() => void>({
    'the environment is removed': () => (environments = []),
    'it becomes production': () => (environments = [{ ...dev, production: true }]),
    'it is for another identity server': () =>
      (environments = [{ ...dev, identityServer: 'https://auth-test.reltio.com' }]),
    'another account is in use': () => (account = robot),
  })) {
    it(`not if ${what} while the question is open`, async () => {
      const slow = parts({
        allowance: {
          has: async () => {
            change();
            return true;
          },
        },
      });
      const late = {
        ...slow,
        tokens: {
          ...slow.tokens,
          fresh: async () => ({ session: sampleSession({ account }), environment: undefined }),
        },
      };
      await assert.rejects(clear(url, late), /changed meanwhile|is not one of your|is not for/);
    });
  }
});
