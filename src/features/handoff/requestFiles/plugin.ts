import type { HttpYacPlugin } from './httpYac';
import { variables } from './placeholder';
import type { TokenRequests } from './tokenRequests';

const id = 'reltioToken';

/** Adds the variables to each file that httpYac reads, and looks at each request just before it is sent. */
export function tokenPlugin(requests: Pick<TokenRequests, 'prepare'>): HttpYacPlugin {
  return ({ hooks }) => {
    hooks.provideVariables.addHook(id, () => Promise.resolve({ ...variables }), { before: ['config'] }); // the user's own win
    hooks.onRequest.addInterceptor({
      id,
      afterLoop: async ({ args: [request] }) => {
        await requests.prepare(request);
        return true;
      },
    });
  };
}
