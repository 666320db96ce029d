import * as l10n from '@vscode/l10n';
import { Failure } from '../../core/base/failure';
import { accountLabel, hostOf } from '../../core/model/account';
import type { Session } from '../../core/model/session';
import { timeLeft, type Tokens } from '../../core/model/tokens';
import { describe } from '../../editor/messages/messages';
import { escapeMarkdown } from '../../editor/messages/escapeMarkdown';
import { isServing, localProxyAccounts, localProxyText } from './localProxy/localProxyText';
import { scopesText, signInExpiryText } from '../../editor/messages/sessionText';
import { estimatedText, spanText, timeText } from '../../editor/messages/timeText';
import { whenText } from '../../editor/messages/whenText';
import { clipboardText } from './clipboardText';
import { environmentRow } from './environmentText';
import {
  chooseAccount,
  clearCopied,
  copyProxyAddress,
  getStarted,
  links,
  linksFor,
  showLog,
  signIn,
  stopProxy,
} from './tooltip/links';
import {
  chooseText,
  conditionOf,
  relevantOutage,
  type WindowActivity,
  type Condition,
  type StatusState,
} from './state';

export { tooltipCommands } from './tooltip/links';

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
      escapeMarkdown(chooseText(question.signedOutAccount)),
      ...(problem === undefined ? [] : [`$(warning) ${escapeMarkdown(describe(problem))}`]),
      ...notes,
      links([chooseAccount, signIn, showLog]),
    ].join('\n\n');
  }
  if (session === undefined) {
    return [
      escapeMarkdown(problem === undefined ? l10n.t('You are not signed in to Reltio.') : describe(problem)),
      ...notes,
      links([signIn, getStarted, showLog]),
    ].join('\n\n');
  }
  const { account, tokens, signedInAt } = session;
  const left = timeLeft(tokens, now);
  const condition = conditionOf(state, left, now);
  const environment = environmentRow(state);
  const rows: [string, string][] = [
    ...(environment === undefined ? [] : [[l10n.t('Environment'), environment] satisfies [string, string]]),
    [l10n.t('Signed in'), `${timeText(signedInAt, now)}, ${state.signedInWith}`],
    [l10n.t('Token'), tokenText(condition, tokens, now, activity)],
    [
      l10n.t('Sign-in'),
      refreshTokenExpiresAt === undefined
        ? signInExpiryText(session)
        : l10n.t('valid until {0}', timeText(refreshTokenExpiresAt, now)),
    ],
    [l10n.t('Access to'), scopesText(tokens.scopes)],
  ];
  return [
    `**${escapeMarkdown(accountLabel(account))}**`,
    ...(problem === undefined ? [] : [`$(warning) ${escapeMarkdown(describe(problem))}`]),
    ...problems(state, session, condition, now),
    ...notes,
    [
      '| | |',
      '|---|---|',
      ...rows.map(([name, value]) => `| ${escapeMarkdown(name)} | ${escapeMarkdown(value)} |`),
    ].join('\n'),
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
    return [
      `$(debug-disconnect) ${escapeMarkdown(`${l10n.t('Since {0}:', timeText(outage.since, now))} ${describe(outage.failure)}`)}`,
    ];
  }
  return condition === 'clientRejected' && sessionState === 'clientRejected'
    ? [`$(error) ${escapeMarkdown(describe(new Failure('clientRejected', { host })))}`]
    : [];
}

/** Shows only the time of day when the item does not count down: a tooltip that is not updated must stay true. */
function tokenText(condition: Condition, tokens: Tokens, now: number, activity: WindowActivity): string {
  const left = timeLeft(tokens, now);
  if (condition === 'signInAgain' || condition === 'keepsFailing') {
    return l10n.t('expired; sign in again');
  }
  if (condition === 'pasteAgain') {
    return l10n.t('no longer valid; paste another token');
  }
  if (condition === 'tokenRejected') {
    return l10n.t('rejected by Reltio; renew the sign-in');
  }
  if (left === 0) {
    const when = whenText(tokens.accessTokenExpiresAt, now, tokens.expiryIsEstimate);
    return condition === 'clientRejected'
      ? l10n.t('expired {0}', when)
      : l10n.t('expired {0}; refreshed on next use', when);
  }
  const isCounted = activity === 'focused' && condition !== 'clientRejected'; // then the item does not count down
  const expiry = estimatedText(tokens, timeText(tokens.accessTokenExpiresAt, now));
  return isCounted ? l10n.t('valid until {0}, {1} left', expiry, spanText(left)) : l10n.t('valid until {0}', expiry);
}
