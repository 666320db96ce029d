import { accountKind } from '../../core/model/accountKind';
import { renewNoticeStart } from '../../core/model/renewNotice';
import { timeLeft } from '../../core/model/tokens';
import { spokenLocalProxy } from './localProxy/spokenLocalProxy';
import { dateShownAt } from '../../editor/messages/timeText';
import { clipboardText } from './clipboardText';
import { spokenEnvironment } from './environmentText';
import { conditionOf, expiringNotice, type Condition, type StatusState, type WindowActivity } from './state';
import { statusText } from './text';

/** What the status bar shows. */
export interface StatusView {
  readonly condition: Condition;
  /** With icons. */
  readonly text: string;
  /** The same in words, for a screen reader. Without seconds, so that it does not change each second. */
  readonly spoken: string;
  /** `warning` and `error` colour the item, only if the user must act. */
  readonly severity: 'none' | 'warning' | 'error';
  /** Milliseconds until the text changes; undefined if only an event can change it. */
  readonly nextChange: number | undefined;
}

const minute = 60_000;
const second = 1_000;

/** Pure. */
export function statusView(state: StatusState, now: number, activity: WindowActivity): StatusView {
  const left = state.session === undefined ? 0 : timeLeft(state.session.tokens, now);
  const condition = conditionOf(state, left, now);
  const { icon, text, spoken, severity = 'none', counts = false } = statusText(condition, state, left, now, activity);
  return {
    condition,
    text: `$(${icon}) ${text}${state.copied === undefined ? '' : ' $(clippy)'}`,
    spoken: [
      `Reltio: ${spoken}`,
      ...(state.session === undefined ? [] : spokenEnvironment(state)),
      ...(state.localProxy === undefined ? [] : [spokenLocalProxy(state.localProxy)]),
      ...(state.copied === undefined ? [] : [clipboardText(state.copied, now)]),
    ].join(' '),
    severity,
    nextChange: nextChange(state, condition, counts ? left : undefined, now, activity),
  };
}

/**
 * When the condition or the text changes next. This is the item's only timer, so the item is never out of date, and no
 * timer runs in vain.
 *
 * @param counted the time left that the text counts down, in milliseconds; undefined if it does not
 */
function nextChange(
  state: StatusState,
  condition: Condition,
  counted: number | undefined,
  now: number,
  activity: WindowActivity,
): number | undefined {
  const { session, outage } = state;
  if (session === undefined || activity === 'idle') {
    return undefined;
  }
  const left = timeLeft(session.tokens, now);
  const showsSince = (condition === 'offline' || condition === 'notRefreshing') && left === 0;
  const moments = [
    counted !== undefined && activity === 'focused' ? untilNextText(counted) : undefined,
    condition === 'signInAgain' || condition === 'pasteAgain' ? undefined : left,
    accountKind(session.account).canRenew ? undefined : left - expiringNotice,
    until(renewNoticeStart(state.refreshTokenExpiresAt), now),
    showsSince && outage !== undefined ? until(dateShownAt(outage.since, now), now) : undefined,
  ]
    .filter((moment) => moment !== undefined)
    .filter((moment) => moment > 0);
  return moments.length === 0 ? undefined : Math.min(...moments);
}

function until(time: number | undefined, now: number): number | undefined {
  return time === undefined ? undefined : time - now;
}

/** The text changes one millisecond past the full unit. */
function untilNextText(left: number): number {
  const unit = left >= minute ? minute : second;
  return (left % unit) + 1;
}
