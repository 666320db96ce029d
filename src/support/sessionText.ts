import type { SignInMethod } from '../sessions/session';

/** `with a password`, `with a password at salesforce`. */
export function methodText(method: SignInMethod): string {
  return method.kind === 'password' ? 'with a password' : `with a password at ${method.idpSystem}`;
}

/** Reltio's scopes in words: `entities, relations and configuration`. */
export function scopesText(scopes: readonly string[] | undefined): string {
  if (scopes === undefined) {
    return 'not told by Reltio';
  }
  const words = scopes.map((scope) => scope.replace(/_api$/, '').replace(/_/g, ' ')).sort();
  return words.length < 2 ? words.join() : `${words.slice(0, -1).join(', ')} and ${words.at(-1) ?? ''}`;
}
