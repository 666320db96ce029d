import * as l10n from '@vscode/l10n';
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
  get title() {
    return l10n.t('Open Settings');
  },
  command: 'workbench.action.openSettings',
  arguments: () => [`@ext:${extensionId}`],
};

export const remedyButtons: Readonly<Record<Remedy, RemedyButton>> = {
  signIn: {
    get title() {
      return l10n.t('Sign In');
    },
    command: commandIds.signIn,
    arguments: theSession,
  },
  renew: {
    get title() {
      return l10n.t('Renew Sign-In');
    },
    command: commandIds.renew,
    arguments: theSession,
  },
  pasteToken: {
    get title() {
      return l10n.t('Paste Another Token');
    },
    command: commandIds.signIn,
    arguments: theSession,
  },
  updateClientSecret: {
    get title() {
      return l10n.t('Update Client Secret');
    },
    command: commandIds.updateClientSecret,
    arguments: theSession,
  },
  openSettings,
  showLog: {
    get title() {
      return l10n.t('Show Log');
    },
    command: commandIds.showLog,
    arguments: none,
  },
  diagnose: {
    get title() {
      return l10n.t('Diagnose');
    },
    command: commandIds.diagnose,
    arguments: none,
  },
  enterPassphrase: {
    get title() {
      return l10n.t('Enter Passphrase');
    },
    command: commandIds.enterPassphrase,
    arguments: none,
  },
  addEnvironment: {
    get title() {
      return l10n.t('Add Environment');
    },
    command: commandIds.addEnvironment,
    arguments: none,
  },
  trustWorkspace: {
    get title() {
      return l10n.t('Manage Workspace Trust');
    },
    command: 'workbench.trust.manage',
    arguments: none,
  },
  reloadWindow: {
    get title() {
      return l10n.t('Reload Window');
    },
    command: 'workbench.action.reloadWindow',
    arguments: none,
  },
};
