import { accountLabel } from '../sessions/account';
import { lifeLeft } from '../sessions/tokens';
import { describe } from '../support/messages';
import { methodText, scopesText } from '../support/sessionText';
import { spanText, timeText } from '../support/timeText';
import { conditionOf, endsSoon, type Attention, type Condition, type StatusState } from './state';

interface Link {
  readonly icon: string;
  readonly title: string;
  readonly command: string;
}

const refresh: Link = { icon: 'sync', title: 'Refresh', command: 'reltioAuth.refreshToken' };
const copy: Link = { icon: 'copy', title: 'Copy token', command: 'reltioAuth.copyToken' };
const signIn: Link = { icon: 'sign-in', title: 'Sign in', command: 'reltioAuth.signIn' };
const renew: Link = { icon: 'history', title: 'Renew sign-in', command: 'reltioAuth.renew' };
const updateSecret: Link = { icon: 'key', title: 'Update client secret', command: 'reltioAuth.updateClientSecret' };
const signOut: Link = { icon: 'sign-out', title: 'Sign out', command: 'reltioAuth.signOut' };
const showLog: Link = { icon: 'output', title: 'Log', command: 'reltioAuth.showLog' };

/** Every command that a link may run: VS Code runs no other. */
export const tooltipCommands = [refresh, copy, signIn, renew, updateSecret, signOut, showLog].map(
  ({ command }) => command,
);

/** The tooltip as Markdown. Pure, and without a secret. */
export function tooltipText(state: StatusState, now: number, attention: Attention): string {
  const { session, problem, weather, refreshTokenEndsAt } = state;
  if (session === undefined) {
    return [problem ?? 'You are not signed in to Reltio.', links([signIn, showLog])].join('\n\n');
  }
  const { account, tokens, method, signedInAt } = session;
  const left = lifeLeft(tokens, now);
  const condition = conditionOf(state, left, now);
  const about = tokens.endIsEstimate ? 'about ' : '';
  const end = timeText(tokens.accessTokenEndsAt, now);
  const rows: [string, string][] = [
    ['Identity server', new URL(account.identityServer).host],
    ['Signed in', `${timeText(signedInAt, now)}, ${methodText(method)}`],
    ['Token', tokenText(condition, left, `${about}${end}`, attention)],
    [
      'Sign-in',
      refreshTokenEndsAt === undefined ? 'ends with this token' : `until ${timeText(refreshTokenEndsAt, now)}`,
    ],
    ['Access to', scopesText(tokens.scopes)],
  ];
  return [
    `**${escape(accountLabel(account))}**`,
    ...(weather === undefined
      ? []
      : [`$(debug-disconnect) Since ${timeText(weather.since, now)}: ${escape(describe(weather.failure))}`]),
    ['| | |', '|---|---|', ...rows.map(([name, value]) => `| ${name} | ${escape(value)} |`)].join('\n'),
    links([...(endsSoon(state, now) && condition !== 'renewSoon' ? [renew] : []), ...linksFor(condition)], session.id),
  ].join('\n\n');
}

/** Where nobody counts down, the time of day only: a tooltip that is not computed anew must stay true. */
function tokenText(condition: Condition, left: number, end: string, attention: Attention): string {
  if (condition === 'signInAgain') {
    return 'over; sign in again';
  }
  if (left === 0) {
    return `ended at ${end}, renews on next use`;
  }
  return attention === 'focused' ? `until ${end}, ${spanText(left)} left` : `until ${end}`;
}

function linksFor(condition: Condition): readonly Link[] {
  switch (condition) {
    case 'signInAgain':
      return [signIn, signOut, showLog];
    case 'renewSoon':
      return [renew, refresh, copy, signOut, showLog];
    case 'clientRejected':
      return [updateSecret, signOut, showLog];
    default:
      return [refresh, copy, signOut, showLog];
  }
}

function links(list: readonly Link[], sessionId?: string): string {
  const argument = sessionId === undefined ? '' : `?${encodeURIComponent(JSON.stringify([sessionId]))}`;
  return list
    .map(({ icon, title, command }) => `[$(${icon}) ${title}](command:${command}${argument})`)
    .join(' &nbsp; ');
}

/** User names and host names are shown as they are, never as Markdown. */
function escape(text: string): string {
  return text.replace(/[\\`*_{}[\]()#+!|<>~$&-]/g, '\\$&');
}
