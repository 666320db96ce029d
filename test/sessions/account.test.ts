import assert from 'node:assert/strict';
import fc from 'fast-check';
import { accountId, accountLabel, parseAccountId, type Account } from '../../src/sessions/account';
import { jane } from './sampleSession';

const word = fc.string({ unit: 'grapheme', minLength: 1 }).filter((text) => text.trim() !== '');
const someAccount: fc.Arbitrary<Account> = fc.record(
  {
    identityServer: fc.constantFrom('https://auth.reltio.com', 'https://auth-stg.reltio.com', 'http://127.0.0.1:4711'),
    clientId: word,
    user: word,
  },
  { requiredKeys: ['identityServer', 'clientId'] },
);

describe('accountLabel', () => {
  it('names user and host', () => {
    assert.equal(accountLabel(jane), 'jane@acme.com (auth.reltio.com)');
  });

  it('has the port where there is one', () => {
    assert.equal(accountLabel({ ...jane, identityServer: 'http://127.0.0.1:4711' }), 'jane@acme.com (127.0.0.1:4711)');
    assert.equal(accountLabel({ ...jane, identityServer: 'https://auth.reltio.com:443' }), accountLabel(jane));
  });

  it('names the client unless it is reltio_ui', () => {
    assert.equal(accountLabel({ ...jane, clientId: 'acme_dev' }), 'jane@acme.com (auth.reltio.com) · acme_dev');
    assert.equal(accountLabel({ ...jane, clientId: 'Reltio_UI' }), 'jane@acme.com (auth.reltio.com) · Reltio_UI');
  });

  it('is a client and its host where there is no user', () => {
    const { identityServer, clientId } = jane;
    assert.equal(accountLabel({ identityServer, clientId }), 'client reltio_ui (auth.reltio.com)');
  });

  it('is different where server, client or user differ: VS Code keys trust by it', () => {
    const labels = [
      jane,
      { ...jane, user: 'jim@acme.com' },
      { ...jane, clientId: 'acme_dev' },
      { ...jane, identityServer: 'https://auth-stg.reltio.com' },
      { identityServer: jane.identityServer, clientId: jane.clientId },
    ].map(accountLabel);
    assert.equal(new Set(labels).size, labels.length);
  });
});

describe('accountId', () => {
  it('is the same for the same triple, whatever the case of the user name and the blanks around it', () => {
    for (const user of ['Jane@Acme.com', 'JANE@ACME.COM', '  jane@acme.com ']) {
      assert.equal(accountId({ ...jane, user }), accountId(jane));
    }
  });

  it('tells clients apart by case: a client id is no user name', () => {
    assert.notEqual(accountId({ ...jane, clientId: 'Reltio_UI' }), accountId(jane));
  });

  it('stays what it is today: it is stored', () => {
    assert.equal(accountId(jane), 'https://auth.reltio.com/?client=reltio_ui&user=jane%40acme.com');
  });

  it('is different for different accounts', () => {
    fc.assert(
      fc.property(someAccount, someAccount, (one, other) => {
        const same =
          one.identityServer === other.identityServer &&
          one.clientId === other.clientId &&
          one.user?.trim().toLowerCase() === other.user?.trim().toLowerCase();
        assert.equal(accountId(one) === accountId(other), same);
      }),
    );
  });

  it('reads back as the account it stands for', () => {
    assert.deepEqual(parseAccountId(accountId(jane)), jane);
    fc.assert(
      fc.property(someAccount, (account) => {
        const back = parseAccountId(accountId(account));
        assert.ok(back !== undefined);
        assert.equal(back.identityServer, account.identityServer);
        assert.equal(back.clientId, account.clientId);
        assert.equal(back.user, account.user?.trim().toLowerCase());
        assert.equal(accountId(back), accountId(account));
      }),
    );
  });

  it('does not read back from anything else', () => {
    for (const other of ['', 'jane@acme.com', 'https://auth.reltio.com', 'https://auth.reltio.com/?user=x', 'a:b']) {
      assert.equal(parseAccountId(other), undefined, other);
    }
  });
});
