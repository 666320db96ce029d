import * as l10n from '@vscode/l10n';
import { canRefresh } from '../../../core/model/refreshMeans';
import { commandIds } from '../../../editor/commandIds';
import { accountText } from '../../../editor/messages/accountText';
import { escapeMarkdown } from '../../../editor/messages/escapeMarkdown';
import { signInExpiresSoon, type Condition, type StatusState } from '../state';

export interface Link {
  readonly icon: string;
  readonly title: string;
  readonly command: string;
}

/** The title is asked for when the link is shown: this module is there before the user's language is known. */
function link(icon: string, title: () => string, command: string): Link {
  return {
    icon,
    get title() {
      return title();
    },
    command,
  };
}

const refresh = link('sync', () => l10n.t('Refresh'), commandIds.refreshToken);
const copy = link('copy', () => l10n.t('Copy token'), commandIds.copyToken);
export const signIn = link('sign-in', () => l10n.t('Sign in'), commandIds.signIn);
export const getStarted = link('rocket', () => l10n.t('Get started'), commandIds.getStarted);
const signInAgain = link('sign-in', () => l10n.t('Sign in again'), commandIds.signIn);
const renew = link('history', () => l10n.t('Renew sign-in'), commandIds.renew);
const updateSecret = link('key', () => l10n.t('Update client secret'), commandIds.updateClientSecret);
export const chooseAccount = link('account', () => l10n.t('Choose account'), commandIds.switchAccount);
const switchAccount = link('account', () => l10n.t('Switch account'), commandIds.switchAccount);
const switchEnvironment = link('server-environment', () => l10n.t('Switch environment'), commandIds.switchEnvironment);
export const clearCopied = link('clear-all', () => l10n.t('Clear copied token'), commandIds.clearCopiedToken);
export const copyProxyAddress = link('copy', () => l10n.t('Copy address'), commandIds.copyLocalProxyAddress);
export const stopProxy = link('debug-stop', () => l10n.t('Stop'), commandIds.stopLocalProxy);
const signOut = link('sign-out', () => l10n.t('Sign out'), commandIds.signOut);
export const showLog = link('output', () => l10n.t('Log'), commandIds.showLog);

/** Every command that a link may run: VS Code refuses all others. */
export const tooltipCommands = [
  refresh,
  copy,
  signIn,
  getStarted,
  renew,
  updateSecret,
  chooseAccount,
  switchEnvironment,
  clearCopied,
  copyProxyAddress,
  stopProxy,
  signOut,
  showLog,
].map(({ command }) => command);

/** What the user may want to do in this condition. */
export function linksFor(state: StatusState, condition: Condition, now: number): readonly Link[] {
  const isRefreshable = state.session !== undefined && canRefresh(state.session);
  const another = state.session === undefined ? [] : [accountText(state.session.account).another];
  const renewal = [
    ...(signInExpiresSoon(state, now) || !isRefreshable ? another : []),
    ...(isRefreshable ? [refresh] : []),
  ];
  switch (condition) {
    case 'signInAgain':
      return [signInAgain, signOut, showLog];
    case 'pasteAgain':
      return [...another, signOut, showLog];
    case 'signInSoon':
      return [signInAgain, copy, signOut, showLog];
    case 'keepsFailing':
      return [signInAgain, refresh, signOut, showLog];
    case 'tokenRejected':
      return [renew, signOut, showLog];
    case 'clientRejected':
      return [updateSecret, signOut, showLog];
    default:
      return [
        ...renewal,
        copy,
        ...(state.isNamed ? [switchAccount] : []),
        ...(state.hasSeveralEnvironments ? [switchEnvironment] : []),
        signOut,
        showLog,
      ];
  }
}

/** Links as Markdown, each for the session if there is one. */
export function links(list: readonly Link[], sessionId?: string): string {
  const argument = sessionId === undefined ? '' : `?${encodeURIComponent(JSON.stringify([sessionId]))}`;
  return list
    .map(({ icon, title, command }) => `[$(${icon}) ${escapeMarkdown(title)}](command:${command}${argument})`)
    .join(' &nbsp; ');
}
