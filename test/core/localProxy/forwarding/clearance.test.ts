import assert from 'node:assert/strict';
import type { IncomingMessage } from 'node:http';
import { clear } from '../../../../src/core/localProxy/forwarding/clearance';
import type { ProxiedEnvironment } from '../../../../src/core/localProxy/proxiedEnvironment';
import { sampleSession } from '../../../fakes/sampleSession';

const dev: ProxiedEnvironment = {
  name: 'dev',
  url: 'https://dev.reltio.com',
  identityServer: 'https://auth.reltio.com',
  clientId: undefined,
  production: false,
};
const request = { method: 'GET', rawHeaders: [] as string[] } as IncomingMessage;

describe('the clearance of a request', () => {
  /** The environments for which a token was requested, if the settings change while the first one is on its way. */
  const asked = async (changed: ProxiedEnvironment[]): Promise<unknown> => {
    const urls: unknown[] = [];
    let environments = [dev];
    const outcome = await clear(
      {
        environments: () => Promise.resolve(environments),
        permissions: { has: () => Promise.resolve(true) },
        tokens: {
          fresh: (environment) => {
            urls.push(environment);
            environments = changed;
            return Promise.resolve(sampleSession());
          },
          reportRejected: () => Promise.resolve(false),
        },
        explain: () => '',
      },
      { environmentName: 'dev', target: '/' },
      request,
    );
    return [urls, 'code' in outcome ? outcome.code : outcome.environment];
  };

  it('is for the environment as the settings have it at the end', async () => {
    const changes: Partial<ProxiedEnvironment>[] = [
      { url: 'https://other.reltio.com' },
      { identityServer: 'https://login.reltio.com' },
      { clientId: 'acme' },
      { production: true },
    ];
    for (const change of changes) {
      const changed = { ...dev, ...change };
      assert.deepEqual(await asked([changed]), [[dev, changed], changed]);
    }
  });

  it('is given once if the settings were only read again', async () => {
    assert.deepEqual(await asked([{ ...dev }]), [[dev], dev]);
  });

  it('is refused if the environment is gone', async () => {
    assert.deepEqual(await asked([]), [[dev], 'unknownEnvironment']);
  });

  it('of a change through an environment that shares its host with a production tenant asks about that one', async () => {
    const live = { ...dev, name: 'live', tenant: 'Live1', production: true };
    const asked: string[] = [];
    const outcome = await clear(
      {
        environments: () => Promise.resolve([dev, live]),
        permissions: {
          has: (permission, { name }) => {
            asked.push(`${permission} ${name}`);
            return Promise.resolve(permission === 'sendToken');
          },
        },
        tokens: { fresh: () => Promise.resolve(sampleSession()), reportRejected: () => Promise.resolve(false) },
        explain: () => '',
      },
      { environmentName: 'dev', target: '/reltio/api/Live1/entities' },
      { ...request, method: 'POST' } as IncomingMessage,
    );
    assert.deepEqual(asked, ['sendToken dev', 'changeProduction live']);
    assert.equal('code' in outcome ? outcome.code : 'cleared', 'productionNotAllowed');
  });
});
