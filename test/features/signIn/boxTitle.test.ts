import '../../fakes/fakeVscode';
import assert from 'node:assert/strict';
import { boxTitle } from '../../../src/features/signIn/boxTitle';

const now = new Date(2026, 10, 28, 15, 0).getTime();
const own = 'https://auth.reltio.com';
const foreign = 'https://auth.acme.com:8443';

describe('the title of the boxes of a sign-in', () => {
  it('says what the sign-in is for', () => {
    assert.equal(boxTitle({}, own, undefined, now), 'Sign in to Reltio');
    assert.equal(boxTitle({ renews: true }, own, undefined, now), 'Renew the Reltio sign-in');
    assert.equal(boxTitle({}, undefined, undefined, now), 'Sign in to Reltio');
  });

  it("names the host that gets the secrets, if it is not Reltio's own", () => {
    assert.equal(boxTitle({}, foreign, undefined, now), 'Sign in to Reltio at auth.acme.com:8443');
    assert.equal(boxTitle({ renews: true }, foreign, undefined, now), 'Renew the Reltio sign-in at auth.acme.com:8443');
  });

  it('says when the box closes by itself', () => {
    assert.equal(boxTitle({}, own, now + 120_000, now), 'Sign in to Reltio (closes at 15:02)');
    assert.equal(boxTitle({}, foreign, now, now), 'Sign in to Reltio at auth.acme.com:8443 (closes at 15:00)');
  });
});
