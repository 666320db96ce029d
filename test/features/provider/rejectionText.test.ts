import assert from 'node:assert/strict';
import { rejectionText } from '../../../src/features/provider/rejectionText';
import { pastedSession, robotSession, sampleSession } from '../../fakes/sampleSession';

describe('what another extension hears of a token that has become invalid', () => {
  const text = (session: Parameters<typeof sampleSession>[0]) =>
    rejectionText({ kind: 'signInAgain', session: sampleSession(session) });

  it('names the account, and what its user has to do', () => {
    assert.equal(
      text({ state: 'signInAgain' }),
      'The token of jane@acme.com (auth.reltio.com) is no longer valid. Sign in again.',
    );
    assert.equal(
      text(robotSession({ state: 'rejected' })),
      'The token of client acme_loader (auth.reltio.com) is no longer valid. Renew the sign-in.',
    );
    assert.equal(
      text(pastedSession({ state: 'signInAgain' })),
      'The token of jane@acme.com (auth.reltio.com) · pasted token is no longer valid. Paste another token.',
    );
  });
});
