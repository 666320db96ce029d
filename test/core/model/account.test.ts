import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  type Account,
  accountId,
  accountLabel,
  hostOf,
  isSameAccount,
  parseAccountId,
  pastedTokenClient,
  refreshLock,
} from '../../../src/core/model/account';
import { jane } from '../../fakes/sampleSession';

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

  it('includes the port, if there is one', () => {
    assert.equal(accountLabel({ ...jane, identityServer: 'https://127.0.0.1:4711' }), 'jane@acme.com (127.0.0.1:4711)');
    assert.equal(accountLabel({ ...jane, identityServer: 'https://auth.reltio.com:443' }), accountLabel(jane));
  });

  it('names the client unless it is reltio_ui', () => {
    assert.equal(accountLabel({ ...jane, clientId: 'acme_dev' }), 'jane@acme.com (auth.reltio.com) · acme_dev');
    assert.equal(accountLabel({ ...jane, clientId: 'Reltio_UI' }), 'jane@acme.com (auth.reltio.com) · Reltio_UI');
  });

  it('names the client and its host when there is no user', () => {
    const { identityServer, clientId } = jane;
    assert.equal(accountLabel({ identityServer, clientId }), 'client reltio_ui (auth.reltio.com)');
  });

  it('says that the token was pasted: VS Code must not confuse it with an account of the same user', () => {
    const pasted = { ...jane, clientId: pastedTokenClient };
    assert.equal(accountLabel(pasted), 'jane@acme.com (auth.reltio.com) · pasted token');
    assert.notEqual(accountLabel({ ...jane, clientId: 'pasted token' }), accountLabel(pasted));
  });

  it('includes the scheme for plain http: a different server listens there than at https', () => {
    for (const host of ['localhost:8080', '127.0.0.1:4711', '[::1]:8080']) {
      assert.equal(accountLabel({ ...jane, identityServer: `http://${host}` }), `jane@acme.com (http://${host})`);
      assert.equal(accountLabel({ ...jane, identityServer: `https://${host}` }), `jane@acme.com (${host})`);
    }
  });

  it('is stable for every ordinary user name and client id', () => {
    for (const user of [
      'jane@acme.com',
      'ACME\\jane',
      "o'neil+test@acme.co.uk",
      'José Müller',
      'ユーザー',
      'client-7',
      'x'.repeat(254),
    ])
      assert.equal(accountLabel({ ...jane, user }), `${user} (auth.reltio.com)`);
    for (const clientId of ['acme_dev', 'acme-dev/7', 'UPPER.case-1'])
      assert.equal(accountLabel({ ...jane, clientId }), `jane@acme.com (auth.reltio.com) · ${clientId}`);
  });

  it('shows the displayable part of an odd word, and never looks like another account', () => {
    const labelOf = (user: string): string => accountLabel({ ...jane, user });
    assert.match(labelOf('[x](command:evil)\n'), /^\(x\)\(command:evil\) #[\da-f]{12} \(auth\.reltio\.com\)$/);
    assert.match(labelOf('👩\u200D💻'), /^👩\u200D💻 #[\da-f]{12} \(/);
    assert.match(labelOf('y'.repeat(300)), /^y{254}… #[\da-f]{12} \(/);
    const odd = [
      'ja\u200Bne',
      'ja\u200Cne',
      'ja\u202Ene',
      'ja\uFFFDne',
      '[jane]',
      '(jane)',
      '`jane`',
      "'jane'",
      'jane  x',
      'jane x',
    ];
    const shown = odd.map(labelOf);
    assert.equal(new Set(shown).size, odd.length);
    assert.ok(!shown.includes(labelOf(shown[0]!.replace(' (auth.reltio.com)', ''))), 'no user name may look like it');
  });

  it('belongs to one account only, whatever users and clients are called', () => {
    const host = ' (auth.reltio.com)';
    const words = ['jane', 'acme', 'reltio_ui', 'client jane', 'client acme', `jane${host}`, `acme${host}`, '[jane]'];
    const odd = accountLabel({ ...jane, user: '[jane]' }).replace(host, ''); // as another's label has it
    const all = [...words, `jane${host} · acme`, `client acme${host} · acme`, 'jane · acme', odd];
    const accounts = [jane.identityServer, 'https://localhost', 'http://localhost'].flatMap((identityServer) =>
      all.flatMap((clientId) =>
        [undefined, ...all].map((user) => ({ identityServer, clientId, ...(user === undefined ? {} : { user }) })),
      ),
    );
    assert.equal(new Set(accounts.map(accountLabel)).size, accounts.length);
  });

  it('is different when server, client or user differ: VS Code keys trust by it', () => {
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

  it('distinguishes clients by case: a client id is not a user name', () => {
    assert.notEqual(accountId({ ...jane, clientId: 'Reltio_UI' }), accountId(jane));
  });

  it('never changes, because it is stored', () => {
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

  it('reads back as its account', () => {
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
    for (const other of [
      '',
      'a:b?client=x',
      'file:///etc?client=x',
      'jane@acme.com',
      'https://auth.reltio.com',
      'https://auth.reltio.com/?user=x',
      'a:b',
    ]) {
      assert.equal(parseAccountId(other), undefined, other);
    }
  });
});

describe('what belongs to an account', () => {
  const jane = { identityServer: 'https://auth.reltio.com:8443', clientId: 'reltio_ui', user: 'Jane@acme.com' };

  it('is its host, with the port', () => {
    assert.equal(hostOf(jane), 'auth.reltio.com:8443');
  });

  it('is a lock that fits into a file name, the same however the user name is written', () => {
    assert.match(refreshLock(jane), /^refresh-[0-9a-f]{32}$/);
    assert.equal(refreshLock(jane), refreshLock({ ...jane, user: ' jane@ACME.com' }));
    assert.notEqual(refreshLock(jane), refreshLock({ ...jane, clientId: 'other' }));
  });

  it('is the same account in another case, and another one through another client', () => {
    assert.equal(isSameAccount(jane, { ...jane, user: 'JANE@acme.com' }), true);
    assert.equal(isSameAccount(jane, { ...jane, clientId: 'other' }), false);
  });

  it('is read back from an id of http or https only', () => {
    assert.equal(parseAccountId('httpsx://auth.reltio.com/?client=a'), undefined);
    assert.equal(parseAccountId('xhttps://auth.reltio.com/?client=a'), undefined);
    assert.equal(parseAccountId('http://127.0.0.1:1/?client=a')?.clientId, 'a');
  });
});
