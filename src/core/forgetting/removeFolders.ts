import { rm } from 'node:fs/promises';

/** Windows refuses to remove a file that another program has open: how often to try, and how long to wait (milliseconds). */
const patience = { maxRetries: 4, retryDelay: 50 };

/**
 * Removes folders and all that is in them, and files; of a link, only the link itself. Other windows create the folders again when
 * they need them.
 *
 * @returns whether everything is gone
 */
export async function removeFolders(paths: readonly string[]): Promise<boolean> {
  const outcomes = await Promise.allSettled(
    paths.map((path) => rm(path, { recursive: true, force: true, ...patience })),
  );
  return outcomes.every(({ status }) => status === 'fulfilled');
}
