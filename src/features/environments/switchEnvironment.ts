import { Failure } from '../../core/base/failure';
import type { Core } from '../../core/core';
import type { Host } from '../../editor/host';
import type { Environment } from '../../editor/settings/environments';
import { newEnvironment } from './addEnvironment';
import { pickEnvironment } from './pickEnvironment';
import { useEnvironment } from './useEnvironment';

/**
 * Lets the user pick the environment of this workspace, or add one.
 *
 * @throws {Failure} `cancelled` when the user leaves a list, a box or the sign-in
 */
export async function switchEnvironment(core: Core, host: Host): Promise<void> {
  const { environmentInUse } = host;
  await environmentInUse.update();
  const picked = await pickEnvironment(environmentInUse.all, environmentInUse.current);
  await useEnvironment(picked ?? (await newEnvironment(core, host)), core.sessions, host);
}

/**
 * Lets the user pick one of these environments, for a command that needs one.
 *
 * @throws {Failure} `cancelled` also after they have added another one, which may not fit
 */
export async function askForEnvironment(choices: readonly Environment[], core: Core, host: Host): Promise<Environment> {
  const picked = await pickEnvironment(choices, undefined);
  if (picked === undefined) {
    await useEnvironment(await newEnvironment(core, host), core.sessions, host);
    throw new Failure('cancelled');
  }
  return picked;
}
