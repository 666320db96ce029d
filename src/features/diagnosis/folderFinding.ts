import { open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { privateFolder } from '../../core/base/privateFile';
import { note, ok, wrong, type Finding } from './finding';

const about = 'Lock folder';

/** Whether windows can agree on who refreshes: a file created exclusively, and removed again. */
export async function folderFinding(folder: string | undefined): Promise<Finding> {
  if (folder === undefined) {
    return note(
      about,
      'There is no file system here, so windows cannot agree on who refreshes.',
      'Keep to one window.',
    );
  }
  const file = join(folder, `diagnosis-${process.pid}`);
  try {
    await privateFolder(folder);
    await (await open(file, 'wx', 0o600)).close();
    await rm(file);
    return ok(about, 'Files can be created in the folder of locks.');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown reason';
    return wrong(
      about,
      `Files cannot be created in the folder of locks (${code}), so two windows may refresh at once.`,
      'Check the free disk space, and your rights in the "globalStorage" folder of your VS Code user data.',
    );
  }
}

/** Of a folder on a drive that does not answer. */
export function folderSilent(): Finding {
  return wrong(
    about,
    'The folder of locks does not answer, so two windows may refresh at once.',
    'Check the drive that holds your VS Code user data.',
  );
}
