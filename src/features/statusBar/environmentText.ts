import * as l10n from '@vscode/l10n';
import { displayHostOf, displayText } from '../../core/base/displayText';
import { environmentName } from '../../editor/settings/environmentsOf';
import type { StatusState } from './state';

type Environments = Pick<StatusState, 'environment' | 'hasSeveralEnvironments'>;

/** The most of a name that the item shows, because it shares the status bar with others (characters). */
const maxNameLength = 24;

/**
 * How the item names the environment, if there are several or it holds production data. Empty otherwise. A long name is cut,
 * the word "production" never.
 */
export function environmentLabel(state: Environments): string {
  const named = namedEnvironment(state);
  return named === undefined ? '' : environmentName({ ...named, name: displayText(named.name, maxNameLength) });
}

/** The same in full for a screen reader, as a sentence after the others. */
export function spokenEnvironment(state: Environments): readonly string[] {
  const named = namedEnvironment(state);
  return named === undefined ? [] : [l10n.t('Environment: {0}.', environmentName(named))];
}

function namedEnvironment({ environment, hasSeveralEnvironments }: Environments): StatusState['environment'] {
  return environment !== undefined && (hasSeveralEnvironments || environment.production) ? environment : undefined;
}

/** The environment in use with its host and tenant, production in words; undefined if there is none to use or to choose. */
export function environmentRow({ environment, hasSeveralEnvironments }: Environments): string | undefined {
  if (environment === undefined) {
    return hasSeveralEnvironments ? l10n.t('none chosen for this workspace yet') : undefined;
  }
  const { url, tenant } = environment;
  const where = [displayHostOf(url), ...(tenant === undefined ? [] : [l10n.t('tenant {0}', displayText(tenant))])];
  return `${environmentName(environment)}: ${where.join(', ')}`;
}
