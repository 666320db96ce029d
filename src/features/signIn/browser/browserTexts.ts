import * as l10n from '@vscode/l10n';
import { displayHostOf, displayText } from '../../../core/base/displayText';
import type { AuthorizationRequest } from '../../../core/browserSignIn/authorizationRequest';
import type { Callback } from '../../../core/browserSignIn/callback';
import type { NoCallback } from '../../../core/browserSignIn/pastedCallback';
import { sentences } from '../../../editor/messages/sentences';

/** How much of the description of a refusal is shown (characters). */
const maxDescription = 200;

/** What the user signs in to: a tenant at an identity server, or the login page of an environment. Can be shown as it is. */
export interface SignInPlace {
  readonly host: string;
  readonly tenant?: string;
}

/** What the box says below the input while the browser is open. */
export function waitingPrompt({ host, tenant }: SignInPlace, isListening: boolean): string {
  return sentences(
    tenant === undefined
      ? l10n.t('Sign in to the login page of {0} on the page that opens in your browser.', host)
      : l10n.t('Sign in to {0}, tenant {1}, on the page that opens in your browser.', host, tenant),
    isListening
      ? l10n.t(
          'This box then closes by itself. If the browser cannot return to VS Code, paste the address that it shows at ' +
            'the end.',
        )
      : l10n.t('At the end, paste the whole address that the browser shows, even if it cannot display the page.'),
  );
}

export function notOpened(): string {
  return l10n.t('The browser was not opened. Copy the address with the button above, and open it yourself.');
}

export function notReady(): string {
  return l10n.t('The sign-in is still being prepared. Try again in a moment.');
}

export function tookTooLong(): string {
  return l10n.t(
    'The browser did not come back within five minutes. Open it again with the button above, or paste the address that ' +
      'it shows.',
  );
}

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
  return sentences(
    l10n.t(
      'Another program on this computer uses port {0}. It would receive the code of your sign-in, which {1} does not ' +
        'protect.',
      port === '' ? '80' : port,
      displayHostOf(new URL(url).origin),
    ),
    isListening
      ? l10n.t('Close that program and open the browser again with the button above, or paste the callback instead.')
      : l10n.t('Close that program first. If you know and trust it, open the browser again with the button above.'),
  );
}

/** Why a pasted text is not used. */
export function noCallbackText(reason: NoCallback, redirectUri: string): string {
  switch (reason) {
    case 'redirectRefused':
      return l10n.t(
        'Reltio does not allow {0} for this client. Ask your Reltio administrator to allow it, or ' +
          'set reltioAuth.browserSignIn.redirectUri to an address that is allowed.',
        displayText(redirectUri),
      );
    case 'noCode':
      return l10n.t(
        'This address has no code. Finish the sign-in in the browser, then paste the address that it shows at the end.',
      );
    case 'notACode':
      return l10n.t('Paste the whole address that the browser shows at the end, or the code in it.');
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
          ? l10n.t('This client may not sign users in. Use another one with the button above.')
          : l10n.t('Open the browser again with the button above.');
      return sentences(
        l10n.t({
          message: 'The sign-in page refused to sign you in ({0}).',
          args: [displayText(error) + words],
          comment: ['{0} is a code such as access_denied, and may end in a sentence of that page in quotes'],
        }),
        next,
      );
    }
    case 'foreign':
      return l10n.t(
        'This address belongs to another sign-in. Paste the address that the browser shows at the end of this one.',
      );
    case 'unusable':
      return l10n.t('The code in this address cannot be read. Open the browser again with the button above.');
  }
}
