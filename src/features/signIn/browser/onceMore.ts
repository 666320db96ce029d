import { Failure } from '../../../core/base/failure';
import type { SignedIn } from '../../../core/calls/signInAttempt';
import type { Draft } from '../draft';
import type { SignInContext } from '../signInContext';
import type { Step } from '../steps/steps';

/**
 * Lets a sign-in in the browser start over, where that is wanted: the browser is opened a second time, because a code
 * cannot be sent again.
 */
export function onceMore(step: Step, context: SignInContext, before: SignedIn): Pick<Draft, 'signInOnceMore'> {
  if (context.request.renews !== true && !context.mayStartOver(before.account)) {
    return {};
  }
  return {
    signInOnceMore: async () => {
      const { answer: _before, ...rest } = context.draft;
      const draft: Draft = rest;
      await step.ask({ ...context, draft }, { step: 1, totalSteps: 1, canGoBack: false });
      if (draft.answer?.kind !== 'signedIn') {
        throw new Failure('cancelled');
      }
      return { ...draft.answer, account: { ...before.account, ...draft.answer.account } };
    },
  };
}
