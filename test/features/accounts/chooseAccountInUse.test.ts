import { choices, lists } from '../../fakes/fakeQuickInput';
import assert from 'node:assert/strict';
import { isFailure } from '../../../src/core/base/failure';
import type { Account } from '../../../src/core/model/account';
import type { Session } from '../../../src/core/model/session';
import {
  accountItems,
  chooseAccountInUse,
  type AccountChoice,
} from '../../../src/features/accounts/chooseAccountInUse';
import type { Environment } from '../../../src/editor/settings/environments';
import { jane, sampleSession } from '../../fakes/sampleSession';

const omar: Account = { ...jane, user: 'omar@acme.com' };
const ops: Account = { ...jane, identityServer: 'https://auth-prod.reltio.com', user: 'ops@acme.com' };
const tool: Account = { identityServer: jane.identityServer, clientId: 'tool' };
const [ofJane, ofOmar, ofOps, ofTool] = [jane, omar, ops, tool].map((account) =>
  sampleSession({ id: account.user ?? account.clientId, account }),
) as [Session, Session, Session, Session];

const environment = (name: string, changes: Partial<Environment> = {}): Environment => ({
  name,
  url: `https://${name}.reltio.com`,
  identityServer: jane.identityServer,
  tenant: undefined,
  production: false,
  clientId: undefined,
  mcp: false,
  ...changes,
});
const environments = [
  environment('dev', { clientId: 'reltio_ui' }),
  environment('batch', { clientId: 'tool', production: true }),
  environment('prod', { identityServer: ops.identityServer, production: true }),
];

const labelsOf = (choice: Partial<AccountChoice>): string[] =>
  accountItems({ known: [], inUse: undefined, signedOutAccount: undefined, environments, ...choice }).map(
    ({ label }) => label,
  );

describe('the accounts to choose from', () => {
  it('begin with accounts without production, and never preselect one that is used for production only', () => {
    assert.deepEqual(labelsOf({ known: [ofOps, ofTool, ofOmar, ofJane] }), [
      'omar@acme.com (auth.reltio.com)',
      'jane@acme.com (auth.reltio.com)',
      'Sign in with another account',
      'ops@acme.com (auth-prod.reltio.com)',
      'client tool (auth.reltio.com)',
    ]);
    assert.equal(labelsOf({ known: [ofOps, ofTool] })[0], 'Sign in with another account');
  });

  it('put accounts with a production environment after those without one', () => {
    const mixed = [...environments, environment('live', { production: true, clientId: 'reltio_ui' })];
    const elsewhere = sampleSession({ id: 'x', account: { ...jane, identityServer: 'https://auth-test.reltio.com' } });
    assert.deepEqual(labelsOf({ known: [ofJane, elsewhere], environments: mixed }).slice(0, 2), [
      'jane@acme.com (auth-test.reltio.com)',
      'jane@acme.com (auth.reltio.com)',
    ]);
  });

  it('begin with signing in again as the account that was signed out', () => {
    assert.deepEqual(labelsOf({ known: [ofOps, ofOmar], signedOutAccount: jane }), [
      'Sign in again as jane@acme.com (auth.reltio.com)',
      'omar@acme.com (auth.reltio.com)',
      'ops@acme.com (auth-prod.reltio.com)',
    ]);
  });

  it('begin with the account in use when the user wants another, and name the environments of each', () => {
    const items = accountItems({ known: [ofJane, ofOps], inUse: ofOps, signedOutAccount: undefined, environments });
    assert.deepEqual(
      items.map(({ label, description }) => [label, description]),
      [
        ['ops@acme.com (auth-prod.reltio.com)', 'in use · prod (production)'],
        ['jane@acme.com (auth.reltio.com)', 'dev'],
        ['Sign in with another account', undefined],
      ],
    );
  });
});

describe('choosing the account of a workspace', () => {
  const signedIn: (Account | undefined)[] = [];
  const choose = (signedOutAccount: Account | undefined, label: string | undefined): Promise<Session> => {
    if (label !== undefined) choices.push(label);
    return chooseAccountInUse(
      { known: [ofOmar, ofOps], inUse: undefined, signedOutAccount, environments },
      (account) => {
        signedIn.push(account);
        return Promise.resolve(ofJane);
      },
    );
  };
  beforeEach(() => {
    lists.length = choices.length = signedIn.length = 0;
  });

  it('names the account that was signed out, and returns the one that the user picks', async () => {
    assert.equal(await choose(jane, 'ops@acme.com (auth-prod.reltio.com)'), ofOps);
    assert.equal(lists[0]?.title, 'jane@acme.com (auth.reltio.com) is no longer signed in');
    assert.match(lists[0]?.placeHolder ?? '', /Which account/);
    assert.deepEqual(signedIn, []);
  });

  it('signs in as the account that was signed out, or as another', async () => {
    assert.equal(await choose(jane, 'Sign in again as jane@acme.com (auth.reltio.com)'), ofJane);
    assert.equal(await choose(undefined, 'Sign in with another account'), ofJane);
    assert.deepEqual(signedIn, [jane, undefined]);
  });

  it('chooses no account when the user leaves the list', async () => {
    await assert.rejects(choose(jane, undefined), (error) => isFailure(error) && error.code === 'cancelled');
    assert.deepEqual(signedIn, []);
  });
});
