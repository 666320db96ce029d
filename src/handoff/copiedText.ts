import { accountLabel } from '../sessions/account';
import type { Session } from '../sessions/session';
import { lifeLeft } from '../sessions/tokens';
import { spanText } from '../support/timeText';

/**
 * What the person is told: a message without buttons shows one line of some 58 characters, so the name, which only tells
 * one account from another, comes last. Pure.
 *
 * @param stay what becomes of the clipboard
 */
export function copiedText(
  name: string,
  { account, tokens }: Session,
  stay: string,
  isNamed: boolean,
  now: number,
): string {
  const about = tokens.endIsEstimate ? 'about ' : '';
  const whose = isNamed ? ` (${accountLabel(account)})` : '';
  return `${name} copied: lives ${about}${spanText(lifeLeft(tokens, now))}, ${stay}${whose}.`;
}
