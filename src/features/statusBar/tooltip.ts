import { Failure } from '../../core/base/failure';
import { accountLabel, hostOf } from '../../core/model/account';
import type { Session } from '../../core/model/session';
import { timeLeft, type Tokens } from '../../core/model/tokens';
import { canRefresh } from '../../core/model/refreshMeans';
import { accountText } from '../../editor/messages/accountText';
import { describe } from '../../editor/messages/messages';
import { escapeMarkdown } from '../../editor/messages/escapeMarkdown';
import { isServing, localProxyAccounts, localProxyText } from './localProxy/localProxyText';
import { scopesText, signInExpiryText } from '../../editor/messages/sessionText';
import { estimateText, spanText, timeText } from '../../editor/messages/timeText';
import { whenText } from '../../editor/messages/whenText';
import { environmentRow } from './environmentText';
import {
  chooseText,
  conditionOf,
  clipboardText,
  signInExpiresSoon,
  relevantOutage,
  type WindowActivity,
  type Condition,
  type StatusState,
} from './state';
import { commandIds } from '../../editor/commandIds';

interface Link {
  readonly icon: string;
  readonly title: string;
  readonly command: string;
}

const refresh: Link = { icon: 'sync', title: 'Refresh', command: commandIds.refreshToken };
const copy: Link = { icon: 'copy', title: 'Copy token', command: commandIds.copyToken };
const signIn: Link = { icon: 'sign-in', title: 'Sign in', command: commandIds.signIn };
const getStarted: Link = { icon: 'rocket', title: 'Get started', command: commandIds.getStarted };
const signInAgain: Link = { ...signIn, title: 'Sign in again' };
const renew: Link = { icon: 'history', title: 'Renew sign-in', command: commandIds.renew };
const updateSecret: Link = { icon: 'key', title: 'Update client secret', command: commandIds.updateClientSecret };
const chooseAccount: Link = { icon: 'account', title: 'Choose account', command: commandIds.switchAccount };
const switchAccount: Link = { ...chooseAccount, title: 'Switch account' };
const switchEnvironment: Link = {
  icon: 'server-environment',
  title: 'Switch environment',
  command: commandIds.switchEnvironment,
};
const clearCopied: Link = { icon: 'clear-all', title: 'Clear copied token', command: commandIds.clearCopiedToken };
const copyProxyAddress: Link = { icon: 'copy', title: 'Copy address', command: commandIds.copyLocalProxyAddress };
const stopProxy: Link = { icon: 'debug-stop', title: 'Stop', command: commandIds.stopLocalProxy };
const signOut: Link = { icon: 'sign-out', title: 'Sign out', command: commandIds.signOut };
const showLog: Link = { icon: 'output', title: 'Log', command: commandIds.showLog };

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

/** The tooltip as Markdown. Pure, and without a secret. */
export function tooltipText(state: StatusState, now: number, activity: WindowActivity): string {
  const { session, question, problem, refreshTokenExpiresAt, copied } = state;
  const notes = [
    ...localProxy(state, now),
    ...(copied === undefined
      ? []
      : [`$(clippy) ${escapeMarkdown(clipboardText(copied, now))} ${links([clearCopied])}`]),
  ];
  if (question !== undefined) {
    return [
      escapeMarkdown(`${chooseText(question.signedOutAccount)} Choose the account for this workspace.`),
      ...(problem === undefined ? [] : [`$(warning) ${escapeMarkdown(describe(problem))}`]),
      ...notes,
      links([chooseAccount, signIn, showLog]),
    ].join('\n\n');
  }
  if (session === undefined) {
    return [
      problem === undefined ? 'You are not signed in to Reltio.' : escapeMarkdown(describe(problem)),
      ...notes,
      links([signIn, getStarted, showLog]),
    ].join('\n\n');
  }
  const { account, tokens, signedInAt } = session;
  const left = timeLeft(tokens, now);
  const condition = conditionOf(state, left, now);
  const environment = environmentRow(state);
  const rows: [string, string][] = [
    ...(environment === undefined ? [] : [['Environment', environment] satisfies [string, string]]),
    ['Signed in', `${timeText(signedInAt, now)}, ${state.signedInWith}`],
    ['Token', tokenText(condition, tokens, now, activity)],
    [
      'Sign-in',
      refreshTokenExpiresAt === undefined
        ? signInExpiryText(session)
        : `valid until ${timeText(refreshTokenExpiresAt, now)}`,
    ],
    ['Access to', scopesText(tokens.scopes)],
  ];
  return [
    `**${escapeMarkdown(accountLabel(account))}**`,
    ...(problem === undefined ? [] : [`$(warning) ${escapeMarkdown(describe(problem))}`]),
    ...problems(state, session, condition, now),
    ...notes,
    ['| | |', '|---|---|', ...rows.map(([name, value]) => `| ${name} | ${escapeMarkdown(value)} |`)].join('\n'),
    links(linksFor(state, condition, now), session.id),
  ].join('\n\n');
}

function localProxy({ localProxy: view }: StatusState, now: number): readonly string[] {
  if (view === undefined) {
    return [];
  }
  const [icon, offered] = isServing(view)
    ? ['$(radio-tower)', [copyProxyAddress, stopProxy]]
    : ['$(warning)', [stopProxy]];
  const accounts = localProxyAccounts(view).map((line) => `  \n${escapeMarkdown(line)}`); // each on a line of its own
  return [`${icon} ${escapeMarkdown(localProxyText(view, now))}. ${links(offered)}${accounts.join('')}`];
}

function problems(
  state: StatusState,
  { state: sessionState, account }: Session,
  condition: Condition,
  now: number,
): readonly string[] {
  const host = hostOf(account);
  if (condition === 'keepsFailing') {
    return [`$(warning) ${escapeMarkdown(describe(new Failure('refreshKeepsFailing', { host })))}`];
  }
  const outage = relevantOutage(state, now);
  if (outage !== undefined) {
    return [`$(debug-disconnect) Since ${timeText(outage.since, now)}: ${escapeMarkdown(describe(outage.failure))}`];
  }
  return condition === 'clientRejected' && sessionState === 'clientRejected'
    ? [`$(error) ${escapeMarkdown(describe(new Failure('clientRejected', { host })))}`]
    : [];
}

/** Shows only the time of day when the item does not count down: a tooltip that is not updated must stay true. */
function tokenText(condition: Condition, tokens: Tokens, now: number, activity: WindowActivity): string {
  const left = timeLeft(tokens, now);
  const about = estimateText(tokens);
  if (condition === 'signInAgain' || condition === 'keepsFailing') {
    return 'expired; sign in again';
  }
  if (condition === 'pasteAgain') {
    return 'no longer valid; paste another token';
  }
  if (condition === 'tokenRejected') {
    return 'rejected by Reltio; renew the sign-in';
  }
  if (left === 0) {
    const expired = `expired ${whenText(tokens.accessTokenExpiresAt, now, tokens.expiryIsEstimate)}`;
    return condition === 'clientRejected' ? expired : `${expired}; refreshed on next use`;
  }
  const isCounted = activity === 'focused' && condition !== 'clientRejected'; // then the item does not count down
  const expiry = `${about}${timeText(tokens.accessTokenExpiresAt, now)}`;
  return isCounted ? `valid until ${expiry}, ${spanText(left)} left` : `valid until ${expiry}`;
}

function linksFor(state: StatusState, condition: Condition, now: number): readonly Link[] {
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

function links(list: readonly Link[], sessionId?: string): string {
  const argument = sessionId === undefined ? '' : `?${encodeURIComponent(JSON.stringify([sessionId]))}`;
  return list
    .map(({ icon, title, command }) => `[$(${icon}) ${title}](command:${command}${argument})`)
    .join(' &nbsp; ');
}
