import * as l10n from '@vscode/l10n';
import type { Receiver } from './allowance';

/** What the user reads about a receiver, in whole sentences. */
export interface ReceiverTexts {
  readonly label: () => string;
  /** What has just asked for the token of an account. */
  readonly asked: (account: string) => string;
  readonly allow: () => string;
  readonly allowProduction: () => string;
  readonly change: () => string;
  /** Who gets tokens if the user agrees, in the three questions above. */
  readonly ifAllowed: () => string;
  readonly ifProductionAllowed: () => string;
  readonly ifChanged: () => string;
  /** @param state what the user has decided, such as `always allowed` */
  readonly changed: (state: string) => string;
}

export const receiverTexts: Readonly<Record<Receiver, ReceiverTexts>> = {
  terminals: {
    label: () => l10n.t('Terminals'),
    asked: (account) =>
      l10n.t('"reltio-token" was run in a terminal of this window, for the access token of {0}.', account),
    allow: () => l10n.t('Allow terminals of this workspace to get Reltio tokens?'),
    allowProduction: () => l10n.t('Allow terminals of this workspace to get Reltio tokens for production?'),
    change: () => l10n.t('Change whether terminals of this workspace get Reltio tokens?'),
    ifAllowed: () =>
      l10n.t(
        'If you agree, every program in these terminals, tasks and debug sessions included, can get a valid token at any ' +
          'time, and do everything in Reltio that you can do. Production is asked about separately.',
      ),
    ifProductionAllowed: () =>
      l10n.t(
        'If you agree, every program in these terminals, tasks and debug sessions included, can get one and change data ' +
          'there, until this window is closed or reloaded.',
      ),
    ifChanged: () =>
      l10n.t(
        'If you allow it, every program in these terminals, tasks and debug sessions included, can get a valid token at ' +
          'any time, and do everything in Reltio that you can do. Production is asked about separately, in each window.',
      ),
    changed: (state) => l10n.t('Terminals of this workspace: {0}.', state),
  },
  requestFiles: {
    label: () => l10n.t('Request files'),
    asked: (account) => l10n.t('A request in a .http file of this workspace needs an access token of {0}.', account),
    allow: () => l10n.t('Allow request files of this workspace to get Reltio tokens?'),
    allowProduction: () => l10n.t('Allow request files of this workspace to get Reltio tokens for production?'),
    change: () => l10n.t('Change whether request files of this workspace get Reltio tokens?'),
    ifAllowed: () =>
      l10n.t(
        'If you agree, every request that you send from a .http file of this workspace can get a valid token at any time, ' +
          'and do everything in Reltio that you can do. Production is asked about separately.',
      ),
    ifProductionAllowed: () =>
      l10n.t(
        'If you agree, every request that you send from a .http file of this workspace can get one and change data there, ' +
          'until this window is closed or reloaded.',
      ),
    ifChanged: () =>
      l10n.t(
        'If you allow it, every request that you send from a .http file of this workspace can get a valid token at any ' +
          'time, and do everything in Reltio that you can do. Production is asked about separately, in each window.',
      ),
    changed: (state) => l10n.t('Request files of this workspace: {0}.', state),
  },
};
