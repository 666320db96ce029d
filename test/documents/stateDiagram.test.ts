import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Failure } from '../../src/core/base/failure';
import { canRefresh } from '../../src/core/model/refreshMeans';
import type { Session } from '../../src/core/model/session';
import { withoutRefreshToken } from '../../src/core/model/tokens';
import * as transitions from '../../src/core/model/transitions';
import type { GrantedToken } from '../../src/core/oauth/tokenResponse';
import { monday } from '../fakes/fakeClock';
import { jane, sampleSession, sampleTokens } from '../fakes/sampleSession';

const page = readFileSync(join(__dirname, '../../docs/sessions.md'), 'utf8');
const now = monday + 600_000;

interface Edge {
  readonly from: string;
  readonly to: string;
  readonly transition: string;
}

/** Every session that there can be, as far as the state is concerned. */
const sessions: readonly Session[] = [
  ...(['signedIn', 'clientRejected', 'rejected'] as const).map((state) => sampleSession({ state })),
  ...(['signedIn', 'rejected', 'signInAgain'] as const).map((state) =>
    sampleSession({ state, tokens: withoutRefreshToken(sampleTokens()) }),
  ),
];

const granted = (changes: Partial<GrantedToken>): GrantedToken => ({
  kind: 'granted',
  accessToken: 'a1',
  refreshToken: 'r1',
  expiresIn: 3600,
  expiryIsEstimate: false,
  scopes: undefined,
  ...changes,
});
const answers = [granted({}), granted({ accessToken: 'a0', refreshToken: 'r0' })];
const signIn = (answer: GrantedToken) =>
  ({ account: jane, method: { kind: 'password' }, answer, startedAt: now }) as const;

/** Each transition with all inputs that matter to the state. */
const runs: Readonly<Record<string, (session: Session) => readonly Session[]>> = {
  signInGranted: (session) =>
    answers.map((answer) => transitions.signInGranted(session, 'new', signIn(answer), false, now)),
  refreshed: (session) =>
    answers.map((answer) => transitions.refreshed(session, { sent: sampleTokens(), answer, startedAt: now }, now)),
  restored: (session) => [transitions.restored(session, 'r0', sampleTokens({ accessToken: 'a1' }), now)],
  refreshFailed: (session) =>
    canRefresh(session) ? [transitions.refreshFailed(session, new Failure('serverError', { status: 500 }), now)] : [],
  clientRejected: (session) => [transitions.clientRejected(session)],
  clientAccepted: (session) => [transitions.clientAccepted(session, now)],
  refreshTokenRejected: (session) => [transitions.refreshTokenRejected(session, 'r0')],
  accessTokenRejected: (session) => [transitions.accessTokenRejected(session, 'a0', now)],
  revoked: (session) => [transitions.revoked(session, now)],
};

describe('the states of a session in docs/sessions.md', () => {
  const drawn = edgesOf(page.split('## States')[1]!.split('```mermaid')[1]!.split('```')[0]!);
  const inCode = [
    {
      from: '[*]',
      to: transitions.signInGranted(undefined, 'new', signIn(answers[0]!), false, now).state,
      transition: 'signInGranted',
    },
    ...Object.entries(runs).flatMap(([transition, run]) =>
      sessions.flatMap((session) =>
        run(session)
          .filter((after) => after !== session)
          .map((after) => ({ from: session.state, to: after.state, transition })),
      ),
    ),
  ];

  it('know every transition', () => {
    assert.deepEqual(Object.keys(runs).toSorted(), Object.keys(transitions).toSorted());
  });

  it('are drawn as the transitions go, each of them', () => {
    assert.deepEqual([...new Set(drawn.map(textOf))].toSorted(), [...new Set(inCode.map(textOf))].toSorted());
  });

  it('have a row in the table for each transition', () => {
    const named = [...page.split('## What an answer means')[0]!.matchAll(/^\| `(\w+)` /gm)].map(([, name]) => name);
    assert.deepEqual(named.toSorted(), Object.keys(runs).toSorted());
  });

  it('are drawn once', () => {
    assert.equal(new Set(drawn.map(textOf)).size, drawn.length);
  });
});

/** The edges of a diagram, `from --> to: transition, transition`; those that remove a session are none. */
function edgesOf(diagram: string): readonly Edge[] {
  return [...diagram.matchAll(/^ *(\S+) --> (\S+): (.*)$/gm)]
    .filter(([, , to]) => to !== '[*]')
    .flatMap(([, from = '', to = '', names = '']) => names.split(', ').map((transition) => ({ from, to, transition })));
}

function textOf({ from, to, transition }: Edge): string {
  return `${from} --> ${to}: ${transition}`;
}
