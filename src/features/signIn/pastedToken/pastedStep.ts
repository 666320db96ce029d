import { pastedTokenClient } from '../../../core/model/account';
import { Failure } from '../../../core/base/failure';
import { methodInUse } from '../signInContext';
import type { Step } from '../steps/steps';

/** Makes a sign-in of the token and the answers. Asks nothing. */
export const pastedStep: Step = {
  isModal: true,
  answers: ['answer'],
  applies: () => true,
  ask(context) {
    const { draft, request, clock } = context;
    const { identityServer, pasted, checked, method = methodInUse(context).initial } = draft;
    const { info } = checked ?? {};
    const user = request.user ?? info?.user ?? draft.user;
    const expiresAt = info?.expiresAt ?? draft.expiresAt;
    if (identityServer === undefined || pasted === undefined || user === undefined || expiresAt === undefined) {
      throw new Failure('cancelled');
    }
    const startedAt = clock.now();
    draft.answer = {
      kind: 'signedIn',
      account: { identityServer, clientId: pastedTokenClient, user },
      method,
      renewal: 'none',
      answer: {
        kind: 'granted',
        accessToken: pasted,
        refreshToken: undefined,
        expiresIn: Math.max(expiresAt - startedAt, 0) / 1_000,
        expiryIsEstimate: info?.expiresAt === undefined,
        scopes: info === undefined || info.scopes.length === 0 ? undefined : info.scopes,
      },
      startedAt,
    };
    return Promise.resolve('next');
  },
};
