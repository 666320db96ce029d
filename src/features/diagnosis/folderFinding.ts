import { open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { privateFolder } from '../../core/base/privateFile';
import { note, ok, wrong, type Finding } from './finding';

const about = 'Lock folder';

/** Whether windows can lock each other out while one refreshes: creates a file exclusively and removes it again. */
export async function folderFinding(folder: string | undefined): Promise<Finding> {
  if (folder === undefined) {
    return note(
      about,
      'There is no file system here, so windows cannot use locks, and two may refresh at once.',
      'Use one window at a time.',
    );
  }
  const file = join(folder, `diagnosis-${process.pid}`);
  try {
    await privateFolder(folder);
    await (await open(file, 'wx', 0o600)).close();
    await rm(file);
    return ok(about, 'Lock files can be created.');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown reason';
    return wrong(
      about,
      `Lock files cannot be created (${code}), so two windows may refresh at once.`,
      'Check the free disk space and your permissions for the "globalStorage" folder in your VS Code user data.',
    );
  }
}

/** For a folder on a drive that does not respond. */
export function folderTimedOut(): Finding {
  return wrong(
    about,
    'The lock folder does not respond, so two windows may refresh at once.',
    'Check the drive that holds your VS Code user data.',
  );
}
