import { displayText } from '../../../core/base/displayText';
import type { LocalProxyView } from '../../../editor/localProxyState';
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
      const count = `${requests === 0 ? 'no' : requests} request${requests === 1 ? '' : 's'}`;
      return `Local proxy on port ${port}: ${count} since ${timeText(since, now)}`;
    }
    case 'elsewhere':
      return `Local proxy on port ${port}, in another window`;
    case 'portTaken':
      return `The local proxy cannot listen: port ${port} is in use`;
    case 'waiting':
      return 'The local proxy waits for a window with a trusted workspace';
  }
}

/** Whose token each environment gets: `dev, test: jane@acme.com (auth.reltio.com)`. Environments that get none come last. */
export function localProxyAccounts(view: LocalProxyView): readonly string[] {
  const environments = isServing(view) ? view.environments : [];
  const accounts = [...new Set(environments.map(({ account }) => account))];
  const last = accounts.filter((account) => account === undefined);
  return [...accounts.filter((account) => account !== undefined), ...last].map((account) => {
    const names = environments.filter((one) => one.account === account).map(({ name }) => displayText(name));
    const more = names.length > maxNames ? ` and ${names.length - maxNames} more` : '';
    return `${names.slice(0, maxNames).join(', ')}${more}: ${account ?? 'no account'}`;
  });
}
