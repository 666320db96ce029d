import { commandIds } from '../commandIds';
import { extensionId } from './extensionId';
import type { Remedy } from '../../core/base/failureRow';

export interface RemedyButton {
  readonly title: string;
  readonly command: string;
  /** The command's arguments: the id of the session that failed, if the command takes one. */
  readonly arguments: (sessionId: string | undefined) => readonly unknown[];
}

const none = (): readonly unknown[] => [];
const theSession = (id: string | undefined): readonly unknown[] => [id];

/** Opens the settings editor with our settings only. */
export const openSettings: RemedyButton = {
  title: 'Open Settings',
  command: 'workbench.action.openSettings',
  arguments: () => [`@ext:${extensionId}`],
};

export const remedyButtons: Readonly<Record<Remedy, RemedyButton>> = {
  signIn: { title: 'Sign In', command: commandIds.signIn, arguments: theSession },
  renew: { title: 'Renew Sign-In', command: commandIds.renew, arguments: theSession },
  pasteToken: { title: 'Paste Another Token', command: commandIds.signIn, arguments: theSession },
  updateClientSecret: {
    title: 'Update Client Secret',
    command: commandIds.updateClientSecret,
    arguments: theSession,
  },
  openSettings,
  showLog: { title: 'Show Log', command: commandIds.showLog, arguments: none },
  diagnose: { title: 'Diagnose', command: commandIds.diagnose, arguments: none },
  enterPassphrase: { title: 'Enter Passphrase', command: commandIds.enterPassphrase, arguments: none },
  addEnvironment: { title: 'Add Environment', command: commandIds.addEnvironment, arguments: none },
  trustWorkspace: { title: 'Manage Workspace Trust', command: 'workbench.trust.manage', arguments: none },
  reloadWindow: { title: 'Reload Window', command: 'workbench.action.reloadWindow', arguments: none },
};
