import { pastedTokenClient, type Account } from '../../src/core/model/account';
import type { Client } from '../identity/clients';
import type { User } from '../identity/users';

/** An account that is used on the simulated computer, and what its sign-in needs. */
export type Login =
  | { readonly kind: 'password' | 'pastedToken'; readonly account: Account; readonly user: User }
  | { readonly kind: 'clientCredentials'; readonly account: Account; readonly client: Client };

export function passwordLogin(identityServer: string, client: Client, user: User): Login {
  return { kind: 'password', account: { identityServer, clientId: client.id, user: user.name }, user };
}

export function clientLogin(identityServer: string, client: Client): Login {
  return { kind: 'clientCredentials', account: { identityServer, clientId: client.id }, client };
}

/** The user copies the token of another tool. */
export function pastedLogin(identityServer: string, user: User): Login {
  return { kind: 'pastedToken', account: { identityServer, clientId: pastedTokenClient, user: user.name }, user };
}
