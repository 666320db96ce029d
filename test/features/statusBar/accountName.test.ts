import assert from 'node:assert/strict';
import { accountName } from '../../../src/features/statusBar/accountName';
import type { Account } from '../../../src/core/model/account';
import { jane, pastedSession, robot } from '../../fakes/sampleSession';

const acme: Account = { ...jane, clientId: 'acme_web' };
const elsewhere: Account = { ...jane, identityServer: 'https://auth.acme.example:8443' };

describe('the name of an account in the status bar', () => {
  it('is its user, or its client where there is no user', () => {
    assert.equal(accountName(jane, [robot, { ...jane, user: 'omar@acme.com' }]), 'jane@acme.com');
    assert.equal(accountName(robot, [jane]), 'acme_loader');
  });

  it('tells accounts of one user apart by what differs: the client, the identity server, or both', () => {
    assert.equal(accountName(acme, [jane]), 'jane@acme.com (acme_web)');
    assert.equal(accountName(jane, [acme]), 'jane@acme.com (reltio_ui)');
    assert.equal(accountName(jane, [elsewhere]), 'jane@acme.com (auth.reltio.com)');
    assert.equal(accountName(elsewhere, [jane, robot]), 'jane@acme.com (auth.acme.example:8443)');
    assert.equal(accountName(jane, [acme, elsewhere]), 'jane@acme.com (auth.reltio.com, reltio_ui)');
  });

  it('leaves out the identity server where an environment tells it', () => {
    assert.equal(accountName(jane, [elsewhere], true), 'jane@acme.com');
    assert.equal(accountName(jane, [acme, elsewhere], true), 'jane@acme.com (reltio_ui)');
  });

  it('compares users without case, as accounts do', () => {
    assert.equal(accountName(acme, [{ ...jane, user: 'Jane@Acme.com' }]), 'jane@acme.com (acme_web)');
  });

  it('says nothing of a client beside a pasted token, which has none and is marked as pasted', () => {
    const { account: pasted } = pastedSession();
    assert.equal(accountName(pasted, [{ ...jane, user: pasted.user ?? '' }]), pasted.user);
  });

  it('shortens what is long, and shows no invisible characters', () => {
    const long = { ...jane, user: `jane\u202E${'x'.repeat(60)}`, clientId: 'y'.repeat(60) };
    const name = accountName(long, [{ ...long, clientId: 'acme_web' }]);
    assert.match(name, /^jane\uFFFDx{25}… \(y{30}…\)$/);
  });
});
