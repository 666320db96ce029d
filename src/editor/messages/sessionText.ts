import * as l10n from '@vscode/l10n';
import { displayText } from '../../core/base/displayText';
import { howItRefreshes } from '../../core/model/refreshMeans';
import type { Session } from '../../core/model/session';
import { methodOf, type SignInMethod } from '../../core/model/signInMethod';
import { accountText } from './accountText';
import { listText } from './listText';

/** A sign-in method, as far as texts about sessions need it. */
export interface DescribedMethod<T extends SignInMethod = SignInMethod> {
  readonly kind: T['kind'];
  /** How a session was signed in: `with a password`. */
  text(method: T): string;
}

export function methodText(methods: readonly DescribedMethod[], method: SignInMethod): string {
  return methodOf(methods, method).text(method);
}

/** How long a sign-in without a refresh token lasts. */
export function signInExpiryText(session: Session): string {
  const { signInExpiry } = accountText(session.account);
  if (signInExpiry !== undefined) {
    return signInExpiry;
  }
  return howItRefreshes(session).kind === 'clientAgain'
    ? l10n.t('does not expire: the client gets another token when this one expires')
    : l10n.t('expires with this token');
}

/** Reltio has some 20 scopes. */
const mostScopes = 30;

/** Reltio's scopes in words: `entities, relations and configuration`. */
export function scopesText(scopes: readonly string[] | undefined): string {
  if (scopes === undefined) {
    return l10n.t('unknown: Reltio did not say');
  }
  const all = scopes.map((scope) => displayText(scope.replace(/_api$/, '').replace(/_/g, ' '))).sort();
  const more = all.length - mostScopes;
  return listText(more <= 0 ? all : [...all.slice(0, mostScopes), l10n.t('{0} more', more)]);
}
