import type { ProxiedEnvironment } from '../proxiedEnvironment';
import { readingsOf } from '../target';

/**
 * The production environment that a change would be made in: the one that the client has named, or another one at the same
 * host whose tenant the path names. Undefined if it is none.
 *
 * @param target of an admitted request
 */
export function changedProduction(
  environment: ProxiedEnvironment,
  all: readonly ProxiedEnvironment[],
  target: string,
): ProxiedEnvironment | undefined {
  if (environment.production) {
    return environment;
  }
  const names = segmentsOf(target);
  return all.find(
    ({ production, url, tenant }) =>
      production && url === environment.url && tenant !== undefined && names.includes(tenant.toLowerCase()),
  );
}

/** Ids of tenants need no escapes, but a path may have them all the same. */
function segmentsOf(target: string): readonly string[] {
  const [path = ''] = target.split('?');
  return readingsOf(path).flatMap((reading) => reading.toLowerCase().split(/[/\\;?#]/));
}
