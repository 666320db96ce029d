import assert from 'node:assert/strict';
import type { HttpYacHooks } from '../../../../src/features/handoff/requestFiles/httpYac';
import { placeholder } from '../../../../src/features/handoff/requestFiles/placeholder';
import { tokenPlugin } from '../../../../src/features/handoff/requestFiles/plugin';

describe('the plugin for httpYac', () => {
  it('gives no token to the variables, and stops a request that may not be sent', async () => {
    const prepared: string[] = [];
    let provided: Readonly<Record<string, unknown>> = {};
    let look: Parameters<HttpYacHooks['onRequest']['addInterceptor']>[0] | undefined;
    tokenPlugin({
      prepare: async ({ url }) => {
        prepared.push(url);
        if (url === 'b') throw new Error('no');
      },
    })({
      hooks: {
        provideVariables: {
          addHook: (_id, provide, order) => {
            assert.deepEqual(order?.before, ['config']);
            void provide().then((variables) => (provided = variables));
          },
        },
        onRequest: { addInterceptor: (interceptor) => (look = interceptor) },
      },
    });
    assert.equal(await look?.afterLoop({ args: [{ url: 'a' }] }), true);
    await assert.rejects(look!.afterLoop({ args: [{ url: 'b' }] }));
    assert.deepEqual(prepared, ['a', 'b']);
    assert.deepEqual(provided, { reltioToken: placeholder, reltioAuthorization: `Bearer ${placeholder}` });
  });
});
