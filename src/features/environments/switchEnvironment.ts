import { Failure } from '../../core/base/failure';
import type { Sessions } from '../../core/sessions/sessions';
import type { Host } from '../../editor/host';
import { pickEnvironment } from './pickEnvironment';
import { useEnvironment } from './useEnvironment';

export { pickEnvironment };

/**
 * Lets the user pick the environment of this workspace.
 *
 * @throws {Failure} `noEnvironment` if there is none, `cancelled` when the user leaves a list or the sign-in
 */
export async function switchEnvironment(sessions: Pick<Sessions, 'list'>, host: Host): Promise<void> {
  const { environmentInUse } = host;
  await environmentInUse.update();
  if (environmentInUse.all.length === 0) {
    throw new Failure('noEnvironment');
  }
  const environment = await pickEnvironment(environmentInUse.all, environmentInUse.current);
  await useEnvironment(environment, sessions, host);
}
