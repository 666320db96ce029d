import * as l10n from '@vscode/l10n';
import { displayHostOf, displayText } from '../../../core/base/displayText';
import { Failure, isFailure } from '../../../core/base/failure';
import type { SignedIn } from '../../../core/calls/signInAttempt';
import { describe } from '../../../editor/messages/messages';
import { back, type Back } from '../../../editor/prompt/prompt';
import { attemptOf, helpInUse, methodInUse, type SignInContext } from '../signInContext';
import { clientAccountStep } from './clientStep';
import type { Position, Step } from './steps';

/** Signs the client in. Nothing is left to ask: the user sees which server is asked, and what went wrong. */
export const clientCredentialsStep: Step = {
  answers: ['answer', 'signInOnceMore'],
  applies: ({ draft }) => draft.answer === undefined,
  async ask(context, position) {
    const { draft, clients } = context;
    const client = clients.of(draft);
    try {
      const answer = await signInWaiting(context, position);
      if (answer === back) {
        return back;
      }
      if (context.mayStartOver(answer.account)) {
        draft.signInOnceMore = () => signInClient(context, new AbortController().signal);
      }
      draft.answer = answer;
      return 'next';
    } catch (error) {
      if (!isFailure(error) || error.code === 'cancelled') {
        throw error;
      }
      if (error.code === 'clientRejected') {
        draft.client = { ...draft.client, ...(client === undefined ? {} : { client }), isRejected: true };
        return { goTo: clientAccountStep };
      }
      return (await whatNext(error, context)) === 'otherClient'
        ? { goTo: clientAccountStep }
        : await clientCredentialsStep.ask(context, position);
    }
  },
};

async function signInWaiting(context: SignInContext, position: Position): Promise<SignedIn | Back> {
  const { prompt, title, draft, clients } = context;
  const client = displayText(clients.of(draft)?.id ?? '');
  return await prompt.pick<SignedIn>({
    ...position,
    title: title(draft.identityServer),
    placeholder: l10n.t('Signing in client {0} at {1} …', client, displayHostOf(draft.identityServer ?? '')),
    help: helpInUse(context),
    items: [],
    work: (signal) => signInClient(context, signal),
  });
}

async function signInClient(context: SignInContext, signal: AbortSignal): Promise<SignedIn> {
  const { method = methodInUse(context).initial } = context.draft;
  const attempt = attemptOf(context);
  const answer = await attempt.send(method, {}, signal);
  if (answer.kind !== 'signedIn') {
    throw new Failure('badAnswer', { host: new URL(attempt.identityServer).host }); // a client has no one-time code
  }
  return answer;
}

/** A client that was typed is not stored before it has signed in, so the user must be able to try again after an outage. */
async function whatNext(failure: Failure, { prompt, draft, clients }: SignInContext): Promise<'again' | 'otherClient'> {
  const client = displayText(clients.of(draft)?.id ?? '');
  const [again, otherClient] = [l10n.t('Try Again'), l10n.t('Use Another Client')];
  const chosen = await prompt.choose({
    message: l10n.t('Client {0} could not sign in.', client),
    detail: describe(failure),
    no: l10n.t('Do Not Sign In'),
    choices: clients.requiredId === undefined ? [again, otherClient] : [again],
  });
  if (chosen === undefined) {
    throw new Failure('cancelled');
  }
  return chosen === otherClient ? 'otherClient' : 'again';
}
