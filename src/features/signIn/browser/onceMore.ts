import { Failure } from '../../../core/base/failure';
import type { SignedIn } from '../../../core/calls/signInAttempt';
import type { Draft } from '../draft';
import type { SignInContext } from '../signInContext';
import { signedInUserStep } from '../steps/signedInUserStep';
import type { Step } from '../steps/steps';

/**
 * Lets a sign-in in the browser start over, if the user renews it or its account has a rejected token. The browser is opened
 * a second time, because a code cannot be sent again.
 */
export function onceMore(step: Step, context: SignInContext, before: SignedIn): Pick<Draft, 'signInOnceMore'> {
  if (!context.mayStartOver(before.account)) {
    return {};
  }
  return {
    signInOnceMore: async () => {
      const { answer: _before, ...rest } = context.draft;
      const draft: Draft = rest;
      const { user } = before.account;
      const asks = { ...context, draft, request: { ...context.request, ...(user === undefined ? {} : { user }) } };
      const position = { step: 1, totalSteps: 1, canGoBack: false };
      await step.ask(asks, position);
      if (signedInUserStep.applies(asks)) {
        await signedInUserStep.ask(asks, position); // the browser may have signed in another user this time
      }
      if (draft.answer?.kind !== 'signedIn' || draft.answer.account.user === undefined) {
        throw new Failure('cancelled');
      }
      return draft.answer;
    },
  };
}
