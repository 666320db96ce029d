import assert from 'node:assert/strict';
import { ReplacedTokens } from '../../../src/core/sessions/replacedTokens';
import { withoutRefreshToken } from '../../../src/core/model/tokens';
import { FakeClock, monday } from '../../fakes/fakeClock';
import { sampleSession, sampleTokens } from '../../fakes/sampleSession';

const jane = (refreshToken: string) => sampleSession({ tokens: sampleTokens({ refreshToken }) });
const bare = sampleSession({ tokens: withoutRefreshToken(sampleTokens()) });

describe('the refresh tokens that were replaced', () => {
  const replaced = (before = jane('r0'), after = jane('r1')) => {
    const tokens = new ReplacedTokens(new FakeClock());
    tokens.record({ added: [], removed: [], changed: [{ before, after }] });
    return tokens;
  };

  it('are known from the moment at which this window learned of it', () => {
    assert.ok(replaced().isReplaced('jane', 'r0', monday - 1));
    assert.ok(replaced().isReplaced('jane', 'r0', monday));
    assert.ok(!replaced().isReplaced('jane', 'r0', monday + 1), 'the server has issued it again since');
  });

  it('are not those of another session, nor any other token', () => {
    assert.ok(!replaced().isReplaced('olga', 'r0', monday));
    assert.ok(!replaced().isReplaced('jane', 'r1', monday));
    assert.ok(!replaced().isReplaced('jane', undefined, monday));
  });

  it('are not those that stay while something else changes', () => {
    const other = sampleSession({ state: 'clientRejected' });
    assert.ok(!replaced(sampleSession(), other).isReplaced('jane', 'r0', monday));
  });

  it('are none where there was none', () => {
    assert.ok(!replaced(bare, jane('r1')).isReplaced('jane', undefined, monday));
  });

  it('include one that was dropped without another', () => {
    assert.ok(replaced(jane('r0'), bare).isReplaced('jane', 'r0', monday));
  });

  it('are forgotten with the session', () => {
    const tokens = replaced();
    tokens.record({ added: [], removed: [jane('r1')], changed: [] });
    assert.ok(!tokens.isReplaced('jane', 'r0', monday));
  });
});
