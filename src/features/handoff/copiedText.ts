import { accountLabel } from '../../core/model/account';
import type { Session } from '../../core/model/session';
import { timeLeft } from '../../core/model/tokens';
import { accountText } from '../../editor/messages/accountText';
import { estimateText, spanText } from '../../editor/messages/timeText';

/**
 * The message after a copy. A message without buttons shows one line of some 58 characters and hides the rest, so the
 * account comes early. Pure.
 *
 * @param stay how long the text stays on the clipboard, as a sentence without its full stop
 */
export function copiedText(
  name: string,
  { account, tokens }: Session,
  stay: string,
  isNamed: boolean,
  now: number,
): string {
  const about = estimateText(tokens);
  const whose = isNamed ? ` of ${accountLabel(account)}` : accountText(account).mark;
  return `${name}${whose} copied. Expires in ${about}${spanText(timeLeft(tokens, now))}. ${stay}.`;
}
