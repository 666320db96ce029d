import assert from 'node:assert/strict';
import { localProxyAccounts, localProxyText } from '../../../../src/features/statusBar/localProxy/localProxyText';
import type { LocalProxyView } from '../../../../src/editor/localProxyState';
import { monday } from '../../../fakes/fakeClock';
import { sampleProxyView } from '../../../fakes/sampleState';

const time = new Date(monday).toLocaleTimeString(undefined, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
const view = (changes: Partial<LocalProxyView>): LocalProxyView => sampleProxyView(changes);

describe('the texts about the local proxy', () => {
  it('say where it listens, and count what this window forwards', () => {
    const said = (changes: Partial<LocalProxyView>): string => localProxyText(view(changes), monday);
    assert.equal(said({ requests: 0 }), `Local proxy on port 4711: no requests since ${time}`);
    assert.equal(said({ requests: 1 }), `Local proxy on port 4711: 1 request since ${time}`);
    assert.equal(said({ requests: 12 }), `Local proxy on port 4711: 12 requests since ${time}`);
    assert.equal(said({ state: 'elsewhere' }), 'Local proxy on port 4711, in another window');
    assert.equal(said({ state: 'portTaken' }), 'The local proxy cannot listen: port 4711 is in use');
  });

  it('say that only a trusted window may listen', () => {
    const waiting = view({ state: 'waiting', port: 0 });
    assert.equal(localProxyText(waiting, monday), 'The local proxy waits for a window with a trusted workspace');
  });

  it('name the account of each environment once, and those without one last', () => {
    const environments = [
      { name: 'prod', account: undefined },
      { name: 'dev', account: 'jane@acme.com (auth.reltio.com)' },
      { name: 'eu', account: 'omar@acme.com (auth-eu.reltio.com)' },
      { name: 'test', account: 'jane@acme.com (auth.reltio.com)' },
    ];
    assert.deepEqual(localProxyAccounts(view({ environments })), [
      'dev, test: jane@acme.com (auth.reltio.com)',
      'eu: omar@acme.com (auth-eu.reltio.com)',
      'prod: no account',
    ]);
    for (const state of ['portTaken', 'waiting'] as const) {
      assert.deepEqual(localProxyAccounts(view({ environments, state })), [], 'none is served');
    }
    assert.deepEqual(localProxyAccounts(view({ environments: [] })), []);
  });

  it('stay short with many environments, and show names as plain text', () => {
    const environments = Array.from({ length: 20 }, (_, index) => ({ name: `e${index}`, account: undefined }));
    assert.deepEqual(localProxyAccounts(view({ environments })), [
      'e0, e1, e2, e3, e4, e5, e6, e7 and 12 more: no account',
    ]);
    const hostile = [{ name: '[x](command:y)\n$(bug)', account: undefined }];
    assert.deepEqual(localProxyAccounts(view({ environments: hostile })), ['(x)(command:y) (bug): no account']);
  });
});
