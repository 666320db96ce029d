import { commandHandlers } from '../fakes/fakeVscode';
import assert from 'node:assert/strict';
import { contextKeys } from '../../src/editor/commandIds';
import { contextKey } from '../../src/editor/contextKey';

describe('a context key', () => {
  it('reaches the window when its value changes, and not again before', () => {
    const sent: unknown[] = [];
    commandHandlers.set('setContext', (...argument) => sent.push(argument));
    const isSignedIn = contextKey(contextKeys.signedIn);
    for (const value of [false, false, true, true, false]) isSignedIn(value);
    commandHandlers.delete('setContext');
    assert.deepEqual(
      sent,
      [false, true, false].map((value) => ['reltioAuth.signedIn', value]),
    );
  });
});
