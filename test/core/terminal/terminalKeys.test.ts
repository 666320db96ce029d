import assert from 'node:assert/strict';
import { isTerminalKeys, newTerminalKeys } from '../../../src/core/terminal/terminalKeys';

describe('the keys of terminals', () => {
  it('are new each time, and recognised when they are read back', () => {
    const keys = newTerminalKeys();
    assert.notDeepEqual(newTerminalKeys(), keys);
    assert.ok(isTerminalKeys(JSON.parse(JSON.stringify(keys))));
    assert.equal(Buffer.from(keys.handle, 'base64url').length, 32);
  });

  it('are nothing that leads elsewhere or lets others in', () => {
    const keys = newTerminalKeys();
    for (const value of [
      undefined,
      null,
      'x',
      {},
      { id: keys.id },
      { ...keys, id: '../../etc/passwd' },
      { ...keys, id: `${keys.id}\n` },
      { ...keys, id: [keys.id] },
      { ...keys, handle: '' },
      { ...keys, handle: keys.handle.slice(1) },
    ]) {
      assert.equal(isTerminalKeys(value), false, JSON.stringify(value));
    }
  });
});
