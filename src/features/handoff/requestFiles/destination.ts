import * as l10n from '@vscode/l10n';
import { displayHost, displayText } from '../../../core/base/displayText';
import { changedProduction } from '../../../core/localProxy/forwarding/changedProduction';
import { checkedTarget, upstreamUrl } from '../../../core/localProxy/target';
import { accountLabel, type Account } from '../../../core/model/account';
import type { Environment } from '../../../editor/settings/environments';
import { environmentsOf } from '../../../editor/settings/environmentsOf';
import { NotSent } from './notSent';

/** Where a request may go with a token of an account. */
export interface Destination {
  readonly environment: Environment;
  /** In the form in which it is sent. */
  readonly url: string;
}

/**
 * The environment that a request goes to. A file from a stranger may name any address, so only the environments of the
 * settings count, and of these only the ones for this account.
 *
 * @param inUse the environment in use with the account
 * @throws {NotSent} if the address is not in an environment of this account
 */
export function destinationOf(
  address: string,
  account: Account,
  environments: readonly Environment[],
  inUse: Environment | undefined,
): Destination {
  if (!URL.canParse(address)) {
    throw new NotSent(l10n.t('The request was not sent, because its address is not complete. Begin it with https://.'));
  }
  const { origin, host, pathname, search } = new URL(address);
  const there = environments.filter(({ url }) => url === origin);
  const fitting = environmentsOf(account, there);
  const [first] = fitting;
  if (first === undefined) {
    throw notAnEnvironment(host, account, there);
  }
  const target = checkedTarget(pathname, search);
  if (target === undefined) {
    throw new NotSent(
      l10n.t(
        'The request to {0} was not sent, because its path has characters or steps that servers read in different ways.',
        displayHost(host),
      ),
    );
  }
  const likely =
    fitting.find(({ name }) => name === inUse?.name) ?? fitting.find(({ production }) => production) ?? first;
  const changed = changedProduction(likely, fitting, target);
  const environment = fitting.find(({ name }) => name === changed?.name) ?? likely;
  return { environment, url: upstreamUrl(origin, target) };
}

function notAnEnvironment(host: string, account: Account, there: readonly Environment[]): NotSent {
  const label = displayText(accountLabel(account));
  const [other] = there;
  return new NotSent(
    other === undefined
      ? l10n.t(
          'The request was not sent, because {0} is not one of your Reltio environments, and the token of ' +
            '{1} goes nowhere else. If it is yours, run "Reltio: Add Environment".',
          displayHost(host),
          label,
        )
      : l10n.t(
          'The request was not sent, because the environment {0} is not for {1}. Run ' +
            '"Reltio: Switch Account" and choose the account for it.',
          displayText(other.name),
          label,
        ),
  );
}
