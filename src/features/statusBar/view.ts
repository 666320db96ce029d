import { accountLabel } from '../../core/model/account';
import { displayText } from '../../core/base/displayText';
import { renewNoticeStart } from '../../core/model/renewNotice';
import { timeLeft } from '../../core/model/tokens';
import { dateShownAt, spanText, spokenSpan, timeText } from '../../editor/messages/timeText';
import { chooseText, copiedText, conditionOf, type Attention, type Condition, type StatusState } from './state';

/** What the status bar shows. */
export interface StatusView {
  readonly condition: Condition;
  /** With icons. */
  readonly text: string;
  /** The same in words, for a screen reader. It holds no seconds: it is not read anew each second. */
  readonly spoken: string;
  /** `warning` and `error` colour the item, and only when the person must act. */
  readonly severity: 'none' | 'warning' | 'error';
  /** Milliseconds until the text is another one; undefined: it stays until something happens. */
  readonly nextChange: number | undefined;
}

interface Words {
  readonly icon: string;
  readonly text: string;
  readonly spoken: string;
  readonly severity?: StatusView['severity'];
  /** Whether the text counts down the life of the token. */
  readonly counts?: boolean;
}

const minute = 60_000;
const second = 1_000;

/** Pure: the same state at the same moment always looks the same. */
export function statusView(state: StatusState, now: number, attention: Attention): StatusView {
  const left = state.session === undefined ? 0 : timeLeft(state.session.tokens, now);
  const condition = conditionOf(state, left, now);
  const { icon, text, spoken, severity = 'none', counts = false } = wordsFor(condition, state, left, now, attention);
  return {
    condition,
    text: `$(${icon}) ${text}${state.copied === undefined ? '' : ' $(clippy)'}`,
    spoken: `Reltio: ${spoken}${state.copied === undefined ? '' : ` ${copiedText(state.copied, now)}`}`,
    severity,
    nextChange: nextChange(state, condition, counts ? left : undefined, now, attention),
  };
}

function wordsFor(condition: Condition, state: StatusState, left: number, now: number, attention: Attention): Words {
  const name = nameOf(state);
  const whose = state.session === undefined ? '' : accountLabel(state.session.account);
  const life = `${name} ${lifeText(state, left, now, attention)}`;
  const howLong =
    attention === 'focused'
      ? `${estimate(state, 'about ')}${spokenSpan(left)} more`
      : `until ${estimate(state, 'about ')}${timeText(now + left, now)}`;
  const spokenLife = `the token of ${whose} lives ${howLong}`;
  switch (condition) {
    case 'signedOut':
      return { icon: 'key', text: 'Reltio: Sign in', spoken: 'signed out. Sign in.' };
    case 'storeProblem':
      return { icon: 'warning', text: 'Reltio: Sign in', spoken: state.problem ?? '', severity: 'warning' };
    case 'chooseAccount': {
      const gone = state.question?.gone;
      return {
        icon: 'account',
        text: 'Reltio: Choose account',
        spoken: `${chooseText(gone)} Choose the account for this workspace.`,
        severity: gone === undefined ? 'none' : 'warning',
      };
    }
    case 'signInAgain':
      return {
        icon: 'warning',
        text: `${name}: Sign in again`,
        spoken: `the sign-in of ${whose} has ended. Sign in again.`,
        severity: 'warning',
      };
    case 'signInSoon':
      return {
        icon: 'bell',
        text: `${life}: Sign in again`,
        spoken: `${spokenLife}, and cannot be refreshed. Sign in again.`,
        severity: 'warning',
        counts: true,
      };
    case 'keepsFailing': {
      const since = timeText(state.session?.refreshErrors?.from ?? now, now);
      return {
        icon: 'warning',
        text: `${name}: Sign in again`,
        spoken: `the token of ${whose} could not be refreshed since ${since}. Sign in again.`,
        severity: 'warning',
      };
    }
    case 'refused':
      return {
        icon: 'warning',
        text: `${name}: Renew sign-in`,
        spoken: `Reltio has ended the token of ${whose} before its time. Renew the sign-in.`,
        severity: 'warning',
      };
    case 'clientRejected':
      return {
        icon: 'error',
        text: `${name}: ${state.session?.state === 'clientRejected' ? 'Client rejected' : 'Client secret missing'}`,
        spoken: `the client ${state.session?.state === 'clientRejected' ? 'of' : 'secret of'} ${whose} is ${state.session?.state === 'clientRejected' ? 'rejected' : 'missing'}. Update the client secret.`,
        severity: 'error',
      };
    case 'renewing':
      return { icon: 'sync~spin', text: `${name} renewing`, spoken: `renewing the token of ${whose}.` };
    case 'offline':
    case 'notRenewing': {
      const what = condition === 'offline' ? 'offline' : 'not renewing';
      const since = `${what} since ${timeText(state.outage?.since ?? now, now)}`;
      return left === 0
        ? { icon: 'debug-disconnect', text: `${name} ${since}`, spoken: `${since}. The token of ${whose} has ended.` }
        : { icon: 'debug-disconnect', text: `${life}, ${what}`, spoken: `${since}; ${spokenLife}.`, counts: true };
    }
    case 'ended':
      return {
        icon: 'key',
        text: `${name}: renews on next use`,
        spoken: `the token of ${whose} has ended. It renews on next use.`,
      };
    case 'renewSoon':
      return {
        icon: 'bell',
        text: left === 0 ? `${name}: Renew sign-in` : `${life}: Renew sign-in`,
        spoken: `${left === 0 ? `the token of ${whose} has ended` : spokenLife}, and the sign-in ends soon. Renew it.`,
        severity: 'warning',
        counts: left > 0,
      };
    case 'ending':
      // What counts down may hurry; an end shown as a time of day would need a timer more.
      return { icon: attention === 'focused' ? 'watch' : 'key', text: life, spoken: `${spokenLife}.`, counts: true };
    case 'fresh':
      return { icon: 'key', text: life, spoken: `${spokenLife}.`, counts: true };
  }
}

/** One account needs no name. */
function nameOf({ session, isNamed }: StatusState): string {
  return session !== undefined && isNamed
    ? `Reltio ${displayText(session.account.user ?? session.account.clientId)}`
    : 'Reltio';
}

/** Counts down where somebody looks; elsewhere the end itself stays true without a timer. */
function lifeText(state: StatusState, left: number, now: number, attention: Attention): string {
  const about = estimate(state, '~');
  if (attention !== 'focused') {
    return `until ${about}${timeText(now + left, now)}`;
  }
  return left < minute ? `${about}${Math.floor(left / second)} s` : `${about}${spanText(left)}`;
}

function estimate({ session }: StatusState, sign: string): string {
  return session?.tokens.expiryIsEstimate === true ? sign : '';
}

/**
 * The first moment at which another condition begins or another text is true. Nothing else wakes the item, so that no
 * state goes stale and no timer runs for nothing.
 *
 * @param counted milliseconds that the text counts down; undefined where it does not
 */
function nextChange(
  state: StatusState,
  condition: Condition,
  counted: number | undefined,
  now: number,
  attention: Attention,
): number | undefined {
  const { session, outage: weather } = state;
  if (session === undefined || attention === 'away') {
    return undefined;
  }
  const left = timeLeft(session.tokens, now);
  const showsWeather = (condition === 'offline' || condition === 'notRenewing') && left === 0;
  const moments = [
    counted !== undefined && attention === 'focused' ? untilNextText(counted) : undefined,
    condition === 'signInAgain' ? undefined : left,
    until(renewNoticeStart(state.refreshTokenExpiresAt), now),
    showsWeather && weather !== undefined ? until(dateShownAt(weather.since, now), now) : undefined,
  ]
    .filter((moment) => moment !== undefined)
    .filter((moment) => moment > 0);
  return moments.length === 0 ? undefined : Math.min(...moments);
}

function until(time: number | undefined, now: number): number | undefined {
  return time === undefined ? undefined : time - now;
}

/** A moment past the full unit the text is another one. */
function untilNextText(left: number): number {
  const unit = left >= minute ? minute : second;
  return (left % unit) + 1;
}
