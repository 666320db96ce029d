import * as l10n from '@vscode/l10n';
import { sentences } from '../../../editor/messages/sentences';
import type { Draft } from '../draft';

/** A question about a token, after a sentence that says whether no server could be asked about it. */
export function questionAbout({ checked }: Draft, question: string): string {
  return sentences(checked?.isAccepted !== true && l10n.t('No server could check this token.'), question);
}
