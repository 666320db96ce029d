import assert from 'node:assert/strict';
import type { Dispatcher } from 'undici';
import { dispatched } from '../../../../src/core/network/upstream/dispatched';

describe('dispatched', () => {
  it('lets the server think, and be silent, for as long as the caller waits', () => {
    const given: Dispatcher.DispatchOptions[] = [];
    const dispatcher = { dispatch: (options: Dispatcher.DispatchOptions) => given.push(options) > 0 };
    const request = { method: 'GET', url: 'https://dev.reltio.com/x?y', headers: [] };
    void dispatched(dispatcher as unknown as Dispatcher, request, [['a', 'b']], new AbortController().signal);
    const { headersTimeout, bodyTimeout, origin, path, headers } = given[0] as Dispatcher.DispatchOptions;
    assert.deepEqual([headersTimeout, bodyTimeout], [0, 0]);
    assert.deepEqual([origin, path, headers], ['https://dev.reltio.com', '/x?y', ['a', 'b']]);
  });
});
