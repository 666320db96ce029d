import { personalSettings, shownMessages } from '../../fakes/fakeVscode';
import { choices, lists } from '../../fakes/fakeQuickInput';
import assert from 'node:assert/strict';
import { Failure, isFailure } from '../../../src/core/base/failure';
import type { Account } from '../../../src/core/model/account';
import type { Host } from '../../../src/editor/host';
import type { SignInRequest } from '../../../src/editor/signIn';
import { switchEnvironment } from '../../../src/features/environments/switchEnvironment';
import { fakeHost } from '../../fakes/fakeHost';
import { Installation, type TestCore } from '../../fakes/installation';
import { jane } from '../../fakes/sampleSession';

const elsewhere = 'https://auth-eu.reltio.com';
const environments = [
  { name: 'dev', url: 'https://dev.reltio.com' },
  { name: 'prod', url: 'https://prod.reltio.com', production: true },
  { name: 'europe', url: 'https://eu.reltio.com', authUrl: elsewhere, production: true },
  { name: 'batch', url: 'https://batch.reltio.com', clientId: 'tool' },
];
const omar: Account = { ...jane, user: 'omar@acme.com' };
const janeInEurope: Account = { ...jane, identityServer: elsewhere };
const omarInEurope: Account = { ...omar, identityServer: elsewhere };

describe('Switch Environment', () => {
  let core: TestCore;
  let host: Host;
  let requests: SignInRequest[];
  beforeEach(async () => {
    personalSettings.set('reltioAuth.environments', environments);
    choices.length = lists.length = shownMessages.length = 0;
    core = new Installation().alone().openCore();
    requests = [];
    const before = fakeHost(core);
    host = before;
    host.signIn.runWith(() =>
      Promise.resolve({
        run: async (request) => {
          requests.push(request);
          return await core.holds({ id: 'new', account: { ...jane, clientId: request.clientId ?? 'reltio_ui' } });
        },
      }),
    );
    await core.holds();
    await host.accountInUse.choose(jane);
  });
  afterEach(() => {
    personalSettings.clear();
  });
  const choose = async (...labels: string[]) => {
    choices.push(...labels);
    await switchEnvironment(core.real, host);
  };
  const cancelled = (error: unknown) => isFailure(error) && error.code === 'cancelled';
  const inUse = () => [host.environmentInUse.current?.name, host.accountInUse.session?.id];
  const told = () => shownMessages.map(({ texts }) => texts[0]);

  it('keeps the account if it is one of the environment, and says nothing more', async () => {
    await choose('prod');
    assert.deepEqual(inUse(), ['prod', 'jane']);
    await choose('dev');
    assert.deepEqual(inUse(), ['dev', 'jane']);
    assert.deepEqual([told(), lists.length], [[], 2]);
  });

  it('takes the only account that fits, and says so', async () => {
    await core.holds({ id: 'eu', account: janeInEurope });
    await choose('europe');
    assert.deepEqual(inUse(), ['europe', 'eu']);
    assert.deepEqual(told(), ['This workspace now uses europe (production) as jane@acme.com (auth-eu.reltio.com).']);
  });

  it('asks which of several accounts', async () => {
    await core.holds({ id: 'eu', account: janeInEurope });
    await core.holds({ id: 'omar-eu', account: omarInEurope });
    await choose('europe', 'omar@acme.com (auth-eu.reltio.com)');
    assert.deepEqual(inUse(), ['europe', 'omar-eu']);
    assert.deepEqual(lists.at(-1)?.labels, [
      'jane@acme.com (auth-eu.reltio.com)',
      'omar@acme.com (auth-eu.reltio.com)',
    ]);
  });

  it('signs in where no account fits: at the server of the environment and with its client', async () => {
    await choose('batch');
    assert.deepEqual(requests, [{ identityServer: jane.identityServer, clientId: 'tool' }]);
    assert.deepEqual(inUse(), ['batch', 'new']);
  });

  it('changes nothing when the user leaves the list or the sign-in', async () => {
    await choose('dev');
    host.signIn.runWith(() => Promise.resolve({ run: () => Promise.reject(new Failure('cancelled')) }));
    await assert.rejects(choose('batch'), cancelled);
    await assert.rejects(choose(), cancelled);
    assert.deepEqual(inUse(), ['dev', 'jane']);
  });

  it('signs nobody in while no account is signed in', async () => {
    await core.sessions.signOut('jane', 'here');
    await choose('europe');
    assert.deepEqual([requests, host.environmentInUse.current?.name], [[], 'europe']);
  });

  it('offers to add one, and only that if there is none', async () => {
    personalSettings.clear();
    host = fakeHost(core);
    await assert.rejects(choose(), cancelled);
    assert.deepEqual(lists.at(-1)?.labels, ['Add an environment']);
  });
});
