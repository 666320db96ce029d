import * as l10n from '@vscode/l10n';
import { aboutText, timeText } from './timeText';

/** A time within a sentence: `at 15:32` or, if it is an estimate, `at about 15:32` today, `on 21 Dec, 15:32` otherwise. */
export function whenText(time: number, now: number, isEstimate = false): string {
  const text = timeText(time, now);
  const when = isEstimate ? aboutText(text) : text;
  return new Date(time).toDateString() === new Date(now).toDateString()
    ? l10n.t({ message: 'at {0}', args: [when], comment: ['{0} is a time of today such as 15:32'] })
    : l10n.t({ message: 'on {0}', args: [when], comment: ['{0} is a date with a time, such as 21 Dec, 15:32'] });
}
