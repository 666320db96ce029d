import * as l10n from '@vscode/l10n';
import type { Question } from './questions';

/** The title of every box of Add Environment. */
export function title(): string {
  return l10n.t('Add a Reltio environment');
}

export type EnvironmentQuestion = Question<EnvironmentDraft>;

/** The answers of Add Environment so far. */
export interface EnvironmentDraft {
  /** The text in the first box, to show it again when the user goes back. */
  readonly typed?: string;
  readonly url?: string;
  readonly identityServer?: string;
  /** Empty for none. */
  readonly tenant?: string;
  readonly name?: string;
  readonly production?: boolean;
}
