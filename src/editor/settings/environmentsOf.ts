import type { Account } from '../../core/model/account';
import { displayText } from '../../core/base/displayText';
import type { Environment } from './environments';

/**
 * The environments in which a token of this account may be used: with the same identity server, and the same client if
 * one is named.
 */
export function environmentsOf(account: Account, environments: readonly Environment[]): readonly Environment[] {
  return environments.filter(
    ({ identityServer, clientId }) =>
      identityServer === account.identityServer && (clientId === undefined || clientId === account.clientId),
  );
}

/** `dev, prod (production)`; empty if there is none. */
export function environmentNames(environments: readonly Environment[]): string {
  return environments.map(({ name, production }) => displayText(name) + (production ? ' (production)' : '')).join(', ');
}
