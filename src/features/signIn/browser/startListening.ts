import { isFailure, type Failure } from '../../../core/base/failure';
import type { AuthorizationRequest } from '../../../core/browserSignIn/authorizationRequest';
import type { CallbackListener } from '../../../core/browserSignIn/callbackListener';
import type { BrowserTools } from './browserTools';

export interface ListeningPlace {
  /** Whether to listen; otherwise the user pastes the address at which the browser ends. */
  readonly listens: boolean;
  /** Whether the browser runs on this computer. */
  readonly isBesideBrowser: boolean;
}

/**
 * Listens for the callback of a request, if wanted, before its page opens.
 *
 * @returns undefined if the user pastes the address; `exposed` if the page must not open, because another program would
 *   receive the code
 */
export async function startListening(
  request: AuthorizationRequest,
  tools: Pick<BrowserTools, 'redirect' | 'clock'>,
  place: ListeningPlace,
  signal: AbortSignal,
): Promise<CallbackListener | Failure | 'exposed' | undefined> {
  const { isCallbackOf, listenForCallback } = await import('../../../core/browserSignIn/browserSignIn');
  const isExpected = (parameters: URLSearchParams): boolean => isCallbackOf(request, parameters);
  const listening = place.listens
    ? await listenForCallback(new URL(request.redirectUri), isExpected, signal).catch((error: unknown) => {
        if (!isFailure(error)) {
          throw error;
        }
        return error;
      })
    : undefined;
  const mayBeExposed = listening === undefined || isFailure(listening);
  return mayBeExposed && (await isExposed(request, tools, place)) ? 'exposed' : listening;
}

/**
 * Whether another program on this computer would receive the code, and nothing keeps it from redeeming it: the secret of the
 * client may be known to many. If the browser runs on another computer, nobody can look.
 */
async function isExposed(
  { codeVerifier, redirectUri }: AuthorizationRequest,
  { redirect, clock }: Pick<BrowserTools, 'redirect' | 'clock'>,
  { isBesideBrowser }: ListeningPlace,
): Promise<boolean> {
  if (codeVerifier !== undefined || !redirect.isLocal || !isBesideBrowser) {
    return false;
  }
  const { isAnswered } = await import('../../../core/browserSignIn/browserSignIn');
  return await isAnswered(new URL(redirectUri), clock);
}
