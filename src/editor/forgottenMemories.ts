import type { ListedMemory } from './memory';

const forgottenKey = 'forgottenAt';

/**
 * Empties what VS Code remembers for this profile or workspace, once after each time that everything was forgotten: the
 * window in which that happened cannot reach the memory of another profile, or of a workspace that is not open there.
 *
 * Every change is requested before the first one is awaited, so that none removes what is stored afterwards.
 *
 * @param forgottenAt when everything was last forgotten, if ever
 * @returns whether anything was emptied
 */
export async function emptyIfForgotten(
  memories: readonly ListedMemory[],
  forgottenAt: number | undefined,
): Promise<boolean> {
  const outdated = memories.filter((memory) => forgottenAt !== undefined && memory.get(forgottenKey) !== forgottenAt);
  await Promise.all(
    outdated.flatMap((memory) => [
      ...memory.keys().map((key) => memory.update(key, undefined)),
      memory.update(forgottenKey, forgottenAt),
    ]),
  );
  return outdated.length > 0;
}
