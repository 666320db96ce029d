import * as l10n from '@vscode/l10n';
import { open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { privateFolder } from '../../core/base/privateFile';
import { codeText } from './codeText';
import { note, ok, wrong, type Finding } from './finding';

const about = (): string => l10n.t('Lock folder');

/** Whether windows can lock each other out while one refreshes: creates a file exclusively and removes it again. */
export async function folderFinding(folder: string | undefined): Promise<Finding> {
  if (folder === undefined) {
    return note(
      about(),
      l10n.t('There is no file system here, so windows cannot use locks, and two may refresh at once.'),
      l10n.t('Use one window at a time.'),
    );
  }
  const file = join(folder, `diagnosis-${process.pid}`);
  try {
    await privateFolder(folder);
    await (await open(file, 'wx', 0o600)).close();
    await rm(file);
    return ok(about(), l10n.t('Lock files can be created.'));
  } catch (error) {
    return wrong(
      about(),
      l10n.t('Lock files cannot be created ({0}), so two windows may refresh at once.', codeText(error)),
      l10n.t(
        'Check the free disk space and your permissions for the "globalStorage" folder in your VS Code user data.',
      ),
    );
  }
}

/** For a folder on a drive that does not respond. */
export function folderTimedOut(): Finding {
  return wrong(
    about(),
    l10n.t('The lock folder does not respond, so two windows may refresh at once.'),
    l10n.t('Check the drive that holds your VS Code user data.'),
  );
}
