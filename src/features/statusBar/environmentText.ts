import { displayHostOf, displayText } from '../../core/base/displayText';
import { environmentName } from '../../editor/settings/environmentsOf';
import type { StatusState } from './state';

type Environments = Pick<StatusState, 'environment' | 'hasSeveralEnvironments'>;

/** How the item names the environment, if there are several or it holds production data. Empty otherwise. */
export function environmentLabel({ environment, hasSeveralEnvironments }: Environments): string {
  return environment !== undefined && (hasSeveralEnvironments || environment.production)
    ? environmentName(environment)
    : '';
}

/** The same for a screen reader, as a sentence after the others. */
export function spokenEnvironment(state: Environments): readonly string[] {
  const label = environmentLabel(state);
  return label === '' ? [] : [`Environment: ${label}.`];
}

/** The environment in use with its host and tenant. Undefined if none is in use and there is no choice. */
export function environmentRow({ environment, hasSeveralEnvironments }: Environments): string | undefined {
  if (environment === undefined) {
    return hasSeveralEnvironments ? 'none chosen for this workspace yet' : undefined;
  }
  const { url, tenant } = environment;
  const where = [displayHostOf(url), ...(tenant === undefined ? [] : [`tenant ${displayText(tenant)}`])];
  return `${environmentName(environment)}: ${where.join(', ')}`;
}
