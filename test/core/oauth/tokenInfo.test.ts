import assert from 'node:assert/strict';
import { tokenInfo } from '../../../src/core/oauth/tokenInfo';

const hour = 3_600_000;
const serverTime = Date.UTC(2026, 10, 28, 12);
const date = new Date(serverTime).toUTCString();
const expiration = (serverTime + hour) / 1_000;

describe('tokenInfo', () => {
  it('reads whose token it is, and the tenants of each role', () => {
    const roles = { ROLE_USER: ['AcmeDev01', 'AcmeDev01'], ROLE_ADMIN: [] };
    const user = {
      username: ' jane ',
      email: 'j@acme.com',
      customer: 'Acme',
      tenants: ['AcmeDev01'],
      userPermissions: { roles },
    };
    const info = tokenInfo({ clientId: 'acme', scopes: ['a', 'a', 1], roles: ['ROLE_API'], user }, 0);
    assert.deepEqual(info, {
      user: 'jane',
      email: 'j@acme.com',
      customer: 'Acme',
      clientId: 'acme',
      expiresAt: undefined,
      scopes: ['a'],
      tenants: ['AcmeDev01'],
      roles: new Map([
        ['ROLE_API', []],
        ['ROLE_USER', ['AcmeDev01']],
        ['ROLE_ADMIN', []],
      ]),
    });
  });

  it('finds nothing where values have other types, or are inherited', () => {
    const user = { username: 7, tenants: 'AcmeDev01', roles: ['toString'], userPermissions: [] };
    const { roles, ...rest } = tokenInfo({ expiration: 'soon', user }, 0);
    assert.deepEqual(roles, new Map([['toString', []]]));
    assert.deepEqual(Object.values(rest).flat(), [undefined, undefined, undefined, undefined, undefined]);
  });

  for (const unit of [1, 1_000]) {
    it(`reads an expiry in ${unit === 1 ? 'seconds' : 'milliseconds'}, as number or text`, () => {
      for (const value of [expiration * unit, String(expiration * unit)]) {
        assert.equal(tokenInfo({ expiration: value }, serverTime).expiresAt, serverTime + hour);
      }
    });
  }

  for (const ahead of [-3 * hour, -6_000, 6_000, 3 * hour]) {
    it(`knows the time left on a machine whose clock is ${ahead / 1_000} s ahead`, () => {
      const startedAt = serverTime + ahead;
      assert.equal(tokenInfo({ expiration }, startedAt, date).expiresAt, startedAt + hour);
    });
  }

  it('leaves the expiry alone where the clocks agree, or the server does not say its time', () => {
    assert.equal(tokenInfo({ expiration }, serverTime + 900, date).expiresAt, serverTime + hour);
    assert.equal(tokenInfo({ expiration }, serverTime + 3 * hour).expiresAt, serverTime + hour);
    assert.equal(tokenInfo({ expiration }, serverTime + 3 * hour, 'yesterday').expiresAt, serverTime + hour);
  });

  it('takes no text that is too long to be shown or stored', () => {
    const long = 'x'.repeat(1_001);
    const { user, scopes } = tokenInfo({ scopes: [long, 'a'], user: { username: long } }, 0);
    assert.deepEqual([user, scopes], [undefined, ['a']]);
  });

  it('has no expiry that cannot be a date', () => {
    for (const value of [0, -1, Infinity, NaN, 1e300, null, {}, '', ' ']) {
      assert.equal(tokenInfo({ expiration: value }, serverTime, date).expiresAt, undefined);
    }
  });
});
