import assert from 'node:assert/strict';
import { methodText, scopesText } from '../../../src/editor/messages/sessionText';
import { methods } from '../../../src/features/signIn/methods/methods';

describe('the text about a session', () => {
  it('says how the user signed in', () => {
    assert.equal(methodText(methods, { kind: 'password' }), 'with a password');
    assert.equal(methodText(methods, { kind: 'identityProvider', idpSystem: 'okta' }), 'with a password at okta');
  });

  it('says what Reltio granted', () => {
    assert.equal(scopesText(undefined), 'unknown: Reltio did not say');
    assert.equal(
      scopesText(['relations_api', 'entities_api', 'match_rules_api']),
      'entities, match rules and relations',
    );
  });

  it('is bounded, whatever a server grants', () => {
    const scopes = Array.from({ length: 1_000 }, (_, index) => `scope${1_000 + index}_api`);
    assert.match(scopesText(scopes), /^scope1000, .*, scope1029 and 970 more$/);
    assert.ok(scopesText(['x'.repeat(10_000)]).length < 200);
  });
});
