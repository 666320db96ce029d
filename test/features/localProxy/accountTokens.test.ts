import '../../fakes/fakeVscode';
import assert from 'node:assert/strict';
import type { Rejection } from '../../../src/core/rejections/rejections';
import { Failure, isFailure } from '../../../src/core/base/failure';
import type { Account } from '../../../src/core/model/account';
import { accountId } from '../../../src/core/model/account';
import { accountTokens, sessionFor } from '../../../src/features/localProxy/accountTokens';
import { Installation, type TestCore } from '../../fakes/installation';
import { jane, sampleSession, sampleTokens } from '../../fakes/sampleSession';

const omar: Account = { ...jane, user: 'omar@acme.com' };
const other: Account = { ...jane, identityServer: 'https://auth-prod.reltio.com' };
const ofClient: Account = { ...jane, clientId: 'acme_app' };
const environment = {
  name: 'dev',
  url: 'https://dev.reltio.com',
  identityServer: jane.identityServer,
  clientId: undefined,
  production: false,
};
const sessions = (...accounts: readonly Account[]) =>
  accounts.map((account, index) => sampleSession({ id: String(index), account }));

describe('the account whose token an environment gets', () => {
  const chosen = (accounts: readonly Account[], inUse?: Account, clientId?: string): string => {
    const account = inUse === undefined ? undefined : accountId(inUse);
    const found = sessionFor({ ...environment, clientId }, sessions(...accounts), account);
    return isFailure(found) ? found.message : accountId(found.account);
  };

  it('is the only one that fits by identity server and client, whichever is in use', () => {
    assert.equal(chosen([jane, other]), accountId(jane));
    assert.equal(chosen([other, jane], other), accountId(jane));
    assert.equal(chosen([jane, ofClient], jane, 'acme_app'), accountId(ofClient));
  });

  it('is the one in use where several fit, and never a substitute', () => {
    assert.equal(chosen([jane, omar], omar), accountId(omar));
    assert.equal(chosen([jane, ofClient], ofClient), accountId(ofClient));
    for (const inUse of [undefined, other, { ...jane, user: 'gone@acme.com' }]) {
      assert.equal(chosen([jane, omar, other], inUse), 'severalAccounts auth.reltio.com');
    }
  });

  it('is none where none fits: the failure names the identity server', () => {
    assert.equal(chosen([]), 'noAccountFits auth.reltio.com');
    assert.equal(chosen([other], other), 'noAccountFits auth.reltio.com');
    assert.equal(chosen([jane], jane, 'acme_app'), 'noAccountFits auth.reltio.com');
  });
});

describe('the tokens of the local proxy', () => {
  let installation: Installation;
  let core: TestCore;
  let inUse: Account | undefined;
  let rejection: Rejection;
  const tokens = () =>
    accountTokens(
      { sessions: core.sessions, reportRejected: () => Promise.resolve(rejection), clock: installation.clock },
      () => (inUse === undefined ? undefined : accountId(inUse)),
    );
  const rejectsWith = (code: string) => (error: unknown) => isFailure(error) && error.code === code;

  beforeEach(() => {
    installation = new Installation().alone();
    core = installation.openCore();
    inUse = undefined;
    rejection = { kind: 'unknown' };
  });

  it('are those of the account that fits at that moment', async () => {
    await assert.rejects(tokens().fresh(environment), rejectsWith('noAccountFits'));
    await core.holds({ tokens: sampleTokens({ accessToken: 'janes-token' }) });
    assert.equal((await tokens().fresh(environment)).tokens.accessToken, 'janes-token');
    await core.holds({ id: 'omar', account: omar, tokens: sampleTokens({ accessToken: 'omars-token' }) });
    await assert.rejects(tokens().fresh(environment), rejectsWith('severalAccounts'));
    inUse = omar;
    assert.equal((await tokens().fresh(environment)).tokens.accessToken, 'omars-token');
  });

  it('of a short life are used for half of it, and not refreshed by each request', async () => {
    const now = installation.clock.now();
    const short = { accessToken: 'short', accessTokenReceivedAt: now, expiryKnownAt: now, refreshAgainAt: now };
    const asked: string[] = [];
    core.sessions.fresh = (id) => {
      asked.push(id);
      return Promise.reject(new Failure('timeout'));
    };
    await core.holds({ tokens: sampleTokens({ ...short, accessTokenExpiresAt: now + 3_000 }) });
    assert.equal((await tokens().fresh(environment)).tokens.accessToken, 'short');
    await installation.clock.pass(1_499);
    assert.equal((await tokens().fresh(environment)).tokens.accessToken, 'short');
    await installation.clock.pass(1);
    await assert.rejects(tokens().fresh(environment), rejectsWith('timeout'));
    assert.deepEqual(asked, ['jane']);
  });

  it('of a short life are not used once an environment has rejected them', async () => {
    const now = installation.clock.now();
    const short = { accessTokenReceivedAt: now, expiryKnownAt: now, accessTokenExpiresAt: now + 3_000 };
    await core.holds({ state: 'rejected', tokens: sampleTokens(short) });
    core.sessions.fresh = () => Promise.reject(new Failure('tokenRejected'));
    await assert.rejects(tokens().fresh(environment), rejectsWith('tokenRejected'));
  });

  it('are missing because of the storage, if it cannot be read', async () => {
    Object.defineProperty(core.sessions, 'problem', { get: () => new Failure('storeNewer') });
    await assert.rejects(tokens().fresh(environment), rejectsWith('storeNewer'));
  });

  it('are others after a rejection only if there is another for this account', async () => {
    const session = await core.holds({ tokens: sampleTokens({ accessToken: 'old' }) });
    await core.holds({ id: 'omar', account: omar, tokens: sampleTokens({ accessToken: 'omars-token' }) });
    const outcomes: Rejection[] = [
      { kind: 'refreshed', session },
      { kind: 'valid', session },
      { kind: 'signInAgain', session },
      { kind: 'notNow', failure: new Failure('askedJustNow') },
      { kind: 'unknown' },
    ];
    const seen: boolean[] = [];
    for (rejection of outcomes) {
      seen.push(await tokens().reportRejected(session));
    }
    assert.deepEqual(seen, [true, false, false, false, false]);
    await core.alter('jane', { tokens: sampleTokens({ accessToken: 'new' }) });
    assert.equal(await tokens().reportRejected(session), true, 'replaced while the request was on its way');
  });
});
