import assert from 'node:assert/strict';
import { menuSections } from '../../src/statusBar/menu';
import type { StatusState } from '../../src/statusBar/state';
import { monday } from '../sessions/fakeClock';
import { jane, sampleSession, sampleTokens } from '../sessions/sampleSession';
import { sampleState } from './sampleState';

const labels = (state: StatusState, others = [] as Parameters<typeof menuSections>[1]): string[] =>
  menuSections(state, others, monday + 18 * 60_000).flatMap(({ entries }) => entries.map(({ label }) => label));

describe('the menu', () => {
  it('begins with the refresh, so that click and Enter refresh', () => {
    assert.equal(labels(sampleState())[0], '$(sync) Refresh token (42 min left)');
  });

  it('begins with what helps in each state', () => {
    const ended = sampleTokens({ accessTokenEndsAt: monday });
    const first = (changes: Partial<StatusState>): string | undefined => labels(sampleState(changes))[0];
    assert.match(first({ session: undefined }) ?? '', /Sign in$/);
    assert.match(first({ session: sampleSession({ state: 'signInAgain', tokens: ended }) }) ?? '', /Sign in again/);
    assert.match(first({ session: sampleSession({ state: 'clientRejected' }) }) ?? '', /Update client secret/);
    assert.match(first({ session: sampleSession({ tokens: ended }) }) ?? '', /Refresh token \(ended\)/);
  });

  it('offers the other accounts by their labels', () => {
    const omar = sampleSession({ id: 'omar', account: { ...jane, user: 'omar@acme.com' } });
    assert.ok(labels(sampleState(), [omar]).includes('$(account) Use omar@acme.com (auth.reltio.com)'));
  });
});
