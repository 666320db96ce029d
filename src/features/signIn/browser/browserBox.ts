import type { Failure } from '../../../core/base/failure';
import type { SignedIn } from '../../../core/calls/signInAttempt';
import type { Back } from '../../../editor/prompt/prompt';
import { waitingPrompt } from './browserTexts';
import { BrowserVisit, type BrowserRoute } from './browserVisit';
import { methodInUse, type SignInContext } from '../signInContext';
import type { Position } from '../steps/steps';

/** A button of the box that leads to another step. */
export interface BrowserLink<T> {
  readonly icon: string;
  readonly tooltip: string;
  readonly value: T;
}

const pasteInstead = Symbol('paste instead');

/**
 * Opens the browser, and waits until it comes back. The box stays open and says what went wrong. An address can be pasted
 * into it all the time.
 *
 * @param where what the user signs in to, as the box names it
 * @param listens whether this machine waits for the browser, if it can
 * @returns `clientRejected` if the server did not accept the client
 */
export async function askBrowser<T>(
  context: SignInContext,
  position: Position,
  route: BrowserRoute,
  { where, listens, links }: { where: string; listens: boolean; links: readonly BrowserLink<T>[] },
): Promise<SignedIn | Failure | T | Back> {
  const { browser, place, prompt, title, draft } = context;
  const isListening = listens && place.isBesideBrowser && browser.redirect.isLocal;
  const visit = new BrowserVisit<T | typeof pasteInstead>(route, browser, isListening);
  const answer = await prompt
    .box<SignedIn | Failure | T | typeof pasteInstead>({
      ...position,
      title: title(draft.identityServer),
      prompt: waitingPrompt(where, isListening),
      placeholder: 'Address that the browser shows at the end',
      help: methodInUse(context).help,
      secret: true, // the code in it is as good as a password until it is redeemed
      links: [
        { icon: 'link-external', tooltip: 'Open the browser again', run: () => visit.again() },
        { icon: 'copy', tooltip: 'Copy the address', run: () => void visit.copy() },
        ...(isListening ? [{ icon: 'edit', tooltip: 'Paste the callback instead', value: pasteInstead } as const] : []),
        ...links,
      ],
      opened: (box) => {
        visit.start(box);
      },
      submit: (text, signal) => visit.paste(text, signal),
    })
    .finally(() => visit.end());
  return answer === pasteInstead
    ? await askBrowser(context, position, route, { where, listens: false, links })
    : answer;
}
