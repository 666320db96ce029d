import * as l10n from '@vscode/l10n';
import { displayText } from '../../../core/base/displayText';
import { accountKind } from '../../../core/model/accountKind';
import { methodOf } from '../../../core/model/signInMethod';
import type { SignInRequest } from '../../../editor/signIn';
import type { OfferedMethod, Place } from './offeredMethod';

/** A method in the list "How do you sign in?". */
export interface Offer<M extends OfferedMethod = OfferedMethod> {
  readonly method: M;
  /** Why it cannot be used, in one sentence. */
  readonly unavailable?: string;
}

/** What decides which methods are offered. */
export interface Offering {
  readonly request: Pick<SignInRequest, 'clientId' | 'user' | 'isClient'>;
  readonly place: Place;
  /** The kind of the last sign-in at the same identity server. */
  readonly last: string | undefined;
}

/** Every method: those that can be used, the last used first; then the others, each with the reason. */
export function offers<M extends OfferedMethod>(
  methods: readonly M[],
  { request, place, last }: Offering,
): readonly Offer<M>[] {
  const all = methods.map((method): Offer<M> => {
    const unavailable = method.unavailable?.(place) ?? otherAccount(method, request);
    return unavailable === undefined ? { method } : { method, unavailable };
  });
  const rank = ({ method, unavailable }: Offer): number =>
    unavailable !== undefined ? 2 : method.kind === last ? 0 : 1;
  return all.sort((one, other) => rank(one) - rank(other));
}

/** The request, with the method that remains: none if the one that is asked for cannot be used here. */
export function withUsableMethod(
  request: SignInRequest,
  methods: readonly OfferedMethod[],
  place: Place,
): SignInRequest {
  const { method: asked, ...rest } = request;
  const isUsable = asked !== undefined && methodOf(methods, asked).unavailable?.(place) === undefined;
  if (isUsable) {
    return request;
  }
  const usable = offers(methods, { request, place, last: undefined }).filter((one) => one.unavailable === undefined);
  const [only, ...others] = usable;
  return only === undefined || others.length > 0 ? rest : { ...rest, method: only.method.initial };
}

/** Why a method cannot sign in the account that was asked for; undefined if it can, or if any account will do. */
function otherAccount(
  { signsIn, initial }: OfferedMethod,
  { clientId, user, isClient }: Offering['request'],
): string | undefined {
  if (clientId === undefined) {
    return undefined;
  }
  const client = displayText(clientId);
  if (!accountKind({ clientId }).knowsClient) {
    return signsIn === 'pastedToken' ? undefined : l10n.t('This sign-in is for the account of a pasted token.');
  }
  if (signsIn === 'pastedToken') {
    return l10n.t('This sign-in is for client {0}, and the client of a pasted token is unknown.', client);
  }
  if (signsIn === 'client' && user !== undefined) {
    return l10n.t('This sign-in is for user {0}, not for a client.', displayText(user));
  }
  if (initial.registersClient === true) {
    return l10n.t('This sign-in is for client {0}, and this method registers a client of its own.', client);
  }
  return signsIn === 'user' && isClient === true
    ? l10n.t('This sign-in is for client {0}, not for a user.', client)
    : undefined;
}
