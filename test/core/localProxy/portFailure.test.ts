import assert from 'node:assert/strict';
import { portFailure } from '../../../src/core/localProxy/portFailure';

describe('why the local proxy has no port', () => {
  it('is another program, or a window that does not respond', () => {
    assert.equal(portFailure({ kind: 'portTaken', port: 4711 })?.code, 'localProxyPortTaken');
    assert.equal(portFailure({ kind: 'portTaken', port: 4711, stuck: true })?.code, 'localProxyStuck');
    assert.equal(portFailure({ kind: 'portTaken', port: 4711 })?.port, 4711);
  });

  it('is nothing while it needs none, or has one', () => {
    assert.equal(portFailure({ kind: 'off' }), undefined);
    assert.equal(portFailure({ kind: 'waiting', port: 4711 }), undefined);
    assert.equal(portFailure({ kind: 'elsewhere', port: 4711 }), undefined);
  });
});
