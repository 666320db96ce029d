import * as l10n from '@vscode/l10n';
import type { Failure } from '../../../core/base/failure';
import type { SignedIn } from '../../../core/calls/signInAttempt';
import type { Back } from '../../../editor/prompt/prompt';
import { waitingPrompt, type SignInPlace } from './browserTexts';
import { BrowserVisit, type BrowserRoute } from './browserVisit';
import { helpInUse, methodInUse, type SignInContext } from '../signInContext';
import type { Position } from '../steps/steps';

/** A button of the box that leads to another step. */
interface BrowserLink<T> {
  readonly icon: string;
  readonly tooltip: string;
  readonly value: T;
}

interface BrowserBox<T> {
  /** What the user signs in to, as the box names it. */
  readonly where: SignInPlace;
  readonly links: readonly BrowserLink<T>[];
}

const pasteInstead = Symbol('paste instead');

/**
 * Opens the browser, and waits until it comes back, if the method and the place allow that. The box stays open and says
 * what went wrong. The user can paste an address into it at any time.
 *
 * @returns `clientRejected` if the server did not accept the client
 */
export async function askBrowser<T>(
  context: SignInContext,
  position: Position,
  route: BrowserRoute,
  box: BrowserBox<T>,
): Promise<SignedIn | Failure | T | Back> {
  const { place, browser } = context;
  const canReturn =
    methodInUse(context).opensBrowser === 'returns' && place.isBesideBrowser && browser.redirect.isLocal;
  return await ask(context, position, route, box, canReturn);
}

async function ask<T>(
  context: SignInContext,
  position: Position,
  route: BrowserRoute,
  box: BrowserBox<T>,
  isListening: boolean,
): Promise<SignedIn | Failure | T | Back> {
  const { browser, prompt, title, draft } = context;
  const visit = new BrowserVisit<T | typeof pasteInstead>(route, browser, {
    listens: isListening,
    isBesideBrowser: context.place.isBesideBrowser,
  });
  const answer = await prompt
    .box<SignedIn | Failure | T | typeof pasteInstead>({
      ...position,
      title: title(draft.identityServer),
      prompt: waitingPrompt(box.where, isListening),
      placeholder: l10n.t('Address that the browser shows at the end'),
      help: helpInUse(context),
      secret: true, // the code in it is as good as a password until it is redeemed
      links: [
        { icon: 'link-external', tooltip: l10n.t('Open the browser again'), run: () => visit.again() },
        { icon: 'copy', tooltip: l10n.t('Copy the address'), run: () => void visit.copy() },
        ...(isListening
          ? [{ icon: 'edit', tooltip: l10n.t('Paste the callback instead'), value: pasteInstead } as const]
          : []),
        ...box.links,
      ],
      opened: (open) => {
        visit.start(open);
      },
      submit: (text, signal) => visit.paste(text, signal),
    })
    .finally(() => visit.end());
  return answer === pasteInstead ? await ask(context, position, route, box, false) : answer;
}
