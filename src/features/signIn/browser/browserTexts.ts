import { displayHostOf, displayText } from '../../../core/base/displayText';
import type { AuthorizationRequest } from '../../../core/browserSignIn/authorizationRequest';
import type { Callback } from '../../../core/browserSignIn/callback';
import type { NoCallback } from '../../../core/browserSignIn/pastedCallback';

/** How much of the description of a refusal is shown (characters). */
const maxDescription = 200;

/** What the box says below the input while the browser is open. */
export function waitingPrompt(where: string, isListening: boolean): string {
  return isListening
    ? `Sign in to ${where} on the page that opens in your browser. This box then closes by itself. If the browser cannot ` +
        'return to VS Code, paste the address that it shows at the end.'
    : `Sign in to ${where} on the page that opens in your browser. At the end, paste the whole address that the browser ` +
        'shows, even if it cannot display the page.';
}

export const notOpened = 'The browser was not opened. Copy the address with the button above, and open it yourself.';
export const notReady = 'The sign-in is still being prepared. Try again in a moment.';
export const tookTooLong =
  'The browser did not come back within five minutes. Open it again with the button above, or paste the address that it ' +
  'shows.';

/**
 * Why no page opens at first: another program would receive the code. Where the server announces PKCE, it could not use it.
 *
 * @param isListening whether the box has the button that leads to pasting; there, the user may go on
 */
export function exposedText(
  { redirectUri, url }: Pick<AuthorizationRequest, 'redirectUri' | 'url'>,
  isListening: boolean,
): string {
  const { port } = new URL(redirectUri);
  return (
    `Another program on this computer uses port ${port === '' ? '80' : port}. It would receive the code of your sign-in, which ` +
    `${displayHostOf(new URL(url).origin)} does not protect. ` +
    (isListening
      ? 'Close that program and open the browser again with the button above, or paste the callback instead.'
      : 'Close that program first. If you know and trust it, open the browser again with the button above.')
  );
}

/** Why a pasted text is not used. */
export function noCallbackText(reason: NoCallback, redirectUri: string): string {
  switch (reason) {
    case 'redirectRefused':
      return (
        `Reltio does not allow ${displayText(redirectUri)} for this client. Ask your Reltio administrator to allow it, or ` +
        'set reltioAuth.browserSignIn.redirectUri to an address that is allowed.'
      );
    case 'noCode':
      return 'This address has no code. Finish the sign-in in the browser, then paste the address that it shows at the end.';
    case 'notACode':
      return 'Paste the whole address that the browser shows at the end, or the code in it.';
  }
}

/** Why a callback cannot be used. Texts of the page are shown as plain words, marked as its own. */
export function callbackText(callback: Exclude<Callback, { readonly kind: 'code' }>): string {
  switch (callback.kind) {
    case 'refused': {
      const { error, description } = callback;
      const words = description === undefined ? '' : `, “${displayText(description, maxDescription)}”`;
      const next =
        error === 'unauthorized_client'
          ? 'This client may not sign users in. Use another one with the button above.'
          : 'Open the browser again with the button above.';
      return `The sign-in page refused to sign you in (${displayText(error)}${words}). ${next}`;
    }
    case 'foreign':
      return 'This address belongs to another sign-in. Paste the address that the browser shows at the end of this one.';
    case 'unusable':
      return 'The code in this address cannot be read. Open the browser again with the button above.';
  }
}
