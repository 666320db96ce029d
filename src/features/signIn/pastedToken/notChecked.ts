import type { Draft } from '../draft';

/** The beginning of a question about a token that no server could be asked about. */
export function notChecked({ checked }: Draft): string {
  return checked?.isAccepted === true ? '' : 'No server could check this token. ';
}
