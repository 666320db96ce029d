import { displayText } from '../../core/base/displayText';
import type { SignInMethod } from '../../core/model/session';

/** `with a password`, `with a password at salesforce`. */
export function methodText(method: SignInMethod): string {
  return method.kind === 'password' ? 'with a password' : `with a password at ${displayText(method.idpSystem)}`;
}

/** Reltio has some 20 of them; more is not what one reads. */
const mostScopes = 30;

/** Reltio's scopes in words: `entities, relations and configuration`. */
export function scopesText(scopes: readonly string[] | undefined): string {
  if (scopes === undefined) {
    return 'not told by Reltio';
  }
  const all = scopes.map((scope) => displayText(scope.replace(/_api$/, '').replace(/_/g, ' '))).sort();
  const words = all.length <= mostScopes ? all : [...all.slice(0, mostScopes), `${all.length - mostScopes} more`];
  return words.length < 2 ? words.join() : `${words.slice(0, -1).join(', ')} and ${words.at(-1) ?? ''}`;
}
