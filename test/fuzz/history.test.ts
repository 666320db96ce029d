import assert from 'node:assert/strict';
import { causes } from '../../src/core/history/signedOut';
import { lineOf, parseEntry } from '../../src/core/history/parseEntry';
import { whySignedOut } from '../../src/core/history/whySignedOut';
import { goneSessions } from '../../src/core/history/goneSessions';
import { signedOutText } from '../../src/editor/messages/signedOutText';
import { monday } from '../fakes/fakeClock';
import { pastedSession, sampleSession } from '../fakes/sampleSession';
import { fuzz } from './fuzz';
import { mutatedText } from './mutations';

const entry = {
  at: monday,
  what: 'refreshTokenRejected',
  session: 'jane',
  account: 'jane@acme.com (auth.reltio.com)',
  host: 'auth.reltio.com',
  age: 3_600_000,
  idle: 60_000,
  sinceAnswer: 60_000,
  left: 0,
  bootedAt: 5,
  rotates: true,
  isFinal: false,
  code: 'timeout',
};
const others = ['signedIn', 'noAnswer', 'accessTokenRejected', 'signedOut'].map((what) => ({ ...entry, what }));
const sessions = [
  sampleSession({ state: 'signInAgain' }),
  sampleSession({ state: 'rejected' }),
  sampleSession({ state: 'clientRejected' }),
  sampleSession(),
  pastedSession(),
  'jane',
];

describe('hostile history', () => {
  fuzz('a line, and a cause from it', mutatedText(entry, ...others), (line) => {
    const parsed = parseEntry(line);
    if (parsed === undefined) return 'refused';
    assert.deepEqual(parseEntry(lineOf(parsed)), parsed);
    const known = [parsed, { at: monday, what: 'read', bootedAt: 6 } as const];
    for (const session of sessions) {
      const why = whySignedOut(known, session, monday + 7_200_000);
      if (why !== undefined) {
        assert.ok(causes.includes(why.cause));
        assert.doesNotMatch(signedOutText(why, monday), /Invalid|NaN|undefined/);
      }
    }
    assert.ok(goneSessions(known, []).length <= 1);
    return 'accepted';
  });
});
