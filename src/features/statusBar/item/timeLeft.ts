import * as l10n from '@vscode/l10n';
import { aboutText, spanText, spokenSpan, timeText } from '../../../editor/messages/timeText';
import { whenText } from '../../../editor/messages/whenText';
import type { StatusState, WindowActivity } from '../state';

const minute = 60_000;
const second = 1_000;

/** Counts down while the window has the focus; otherwise a time of day stays true without a timer. */
export function timeLeftText({ session }: StatusState, left: number, now: number, activity: WindowActivity): string {
  const about = session?.tokens.expiryIsEstimate === true ? '~' : '';
  if (activity !== 'focused') {
    return l10n.t('until {0}', `${about}${timeText(now + left, now)}`);
  }
  return left < minute ? `${about}${l10n.t('{0} s', Math.floor(left / second))}` : `${about}${spanText(left)}`;
}

/** The same in words: `in 5 minutes`, `at 15:32`. */
export function spokenExpiry({ session }: StatusState, left: number, now: number, activity: WindowActivity): string {
  const isEstimate = session?.tokens.expiryIsEstimate === true;
  if (activity !== 'focused') {
    return whenText(now + left, now, isEstimate);
  }
  const span = isEstimate ? aboutText(spokenSpan(left)) : spokenSpan(left);
  return l10n.t({ message: 'in {0}', args: [span], comment: ['{0} is a span such as 5 minutes'] });
}
