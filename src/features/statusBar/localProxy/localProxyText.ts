import * as l10n from '@vscode/l10n';
import { displayText } from '../../../core/base/displayText';
import type { LocalProxyView } from '../../../editor/localProxyState';
import { plural } from '../../../editor/messages/plural';
import { timeText } from '../../../editor/messages/timeText';

/** How many environments with the same account are named. */
const maxNames = 8;

/** Whether requests reach an environment now. */
export function isServing({ state }: LocalProxyView): boolean {
  return state === 'here' || state === 'elsewhere';
}

/** Where the local proxy listens and what it has forwarded, as a sentence without its full stop. */
export function localProxyText({ state, port, requests, since }: LocalProxyView, now: number): string {
  switch (state) {
    case 'here': {
      const time = timeText(since, now);
      return requests === 0
        ? l10n.t('Local proxy on port {0}: no requests since {1}', port, time)
        : plural(requests, {
            one: l10n.t('Local proxy on port {0}: {1} request since {2}', port, requests, time),
            other: l10n.t('Local proxy on port {0}: {1} requests since {2}', port, requests, time),
          });
    }
    case 'elsewhere':
      return l10n.t('Local proxy on port {0}, in another window', port);
    case 'portTaken':
      return l10n.t('The local proxy cannot listen: port {0} is in use', port);
    case 'waiting':
      return l10n.t('The local proxy waits for a window with a trusted workspace');
  }
}

/** Whose token each environment gets: `dev, test: jane@acme.com (auth.reltio.com)`. Environments that get none come last. */
export function localProxyAccounts(view: LocalProxyView): readonly string[] {
  const environments = isServing(view) ? view.environments : [];
  const accounts = [...new Set(environments.map(({ account }) => account))];
  const last = accounts.filter((account) => account === undefined);
  return [...accounts.filter((account) => account !== undefined), ...last].map((account) => {
    const names = environments.filter((one) => one.account === account).map(({ name }) => displayText(name));
    const more = names.length - maxNames;
    const shown = names.slice(0, maxNames).join(', ');
    return `${more > 0 ? l10n.t('{0} and {1} more', shown, more) : shown}: ${account ?? l10n.t('no account')}`;
  });
}
