import * as l10n from '@vscode/l10n';
import type { Account } from '../../core/model/account';
import { displayHostOf, displayText } from '../../core/base/displayText';
import type { Environment } from './environments';

/**
 * The environments in which a token of this account may be used: with the same identity server, and the same client if
 * one is named.
 */
export function environmentsOf<
  E extends Pick<Environment, 'identityServer'> & { readonly clientId?: string | undefined },
>(account: Account, environments: readonly E[]): readonly E[] {
  return environments.filter(
    ({ identityServer, clientId }) =>
      identityServer === account.identityServer && (clientId === undefined || clientId === account.clientId),
  );
}

/** `dev, prod (production)`; empty if there is none. */
export function environmentNames(environments: readonly Environment[]): string {
  return environments.map(environmentName).join(', ');
}

/** `prod (production)` */
export function environmentName({ name, production }: Environment): string {
  const shown = displayText(name);
  return production ? l10n.t('{0} (production)', shown) : shown;
}

/** `prod (prod.reltio.com, production)` */
export function environmentAtHost({ name, url, production }: Environment): string {
  const [shown, host] = [displayText(name), displayHostOf(url)];
  return production ? l10n.t('{0} ({1}, production)', shown, host) : `${shown} (${host})`;
}
