import assert from 'node:assert/strict';
import { Emitter } from '../../../src/core/base/emitter';

describe('Emitter', () => {
  it('calls every listener, even those after one that throws', () => {
    let failures = 0;
    const emitter = new Emitter<number>(() => (failures += 1));
    const heard: number[] = [];
    emitter.on(() => {
      throw new Error('mine');
    });
    emitter.on((value) => heard.push(value));
    emitter.emit(7);
    assert.deepEqual(heard, [7]);
    assert.equal(failures, 1);
  });

  it('does not call a listener that was removed, even during an emit', () => {
    const emitter = new Emitter<number>(() => undefined);
    const heard: string[] = [];
    const leave = emitter.on(() => {
      heard.push('first');
      leave();
    });
    emitter.on(() => heard.push('second'));
    emitter.emit(1);
    emitter.emit(2);
    assert.deepEqual(heard, ['first', 'second', 'second']);
  });
});
