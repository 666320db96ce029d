import assert from 'node:assert/strict';
import { portFailure } from '../../../src/core/localProxy/portFailure';

describe('why the local proxy has no port', () => {
  it('is another program, or a window that does not respond', () => {
    const { code, port } = portFailure({ kind: 'portTaken', port: 4711 });
    assert.deepEqual([code, port], ['localProxyPortTaken', 4711]);
    assert.equal(portFailure({ kind: 'portTaken', port: 4711, stuck: true }).code, 'localProxyStuck');
  });
});
