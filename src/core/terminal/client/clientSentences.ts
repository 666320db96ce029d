import * as l10n from '@vscode/l10n';
import { parseJsonObject } from '../../base/json';
import { helpSentence } from '../helpSentence';

/**
 * What the command says when no window answers for it. It runs outside VS Code, which would translate them, so the window that
 * installs the command writes them down in its language.
 */
export const clientSentences = {
  notOffered: () =>
    l10n.t(
      'VS Code offers no Reltio tokens in this terminal. Open a new one in VS Code; if that does not help, run ' +
        '"Reltio: Change Token Access" there.',
    ),
  tooLong: () => `${l10n.t('The arguments are too long.')} ${helpSentence()}`,
  noAnswer: () =>
    l10n.t('The VS Code window of this terminal does not answer. If it is open, open a new terminal in it.'),
  waiting: () => l10n.t('Waiting for VS Code. Its window may show a question.'),
  /** With `{0}` for the code of the error. */
  notWritten: () => l10n.t('What was asked for could not be written ({0}).', '{0}'),
} satisfies Readonly<Record<string, () => string>>;

/** Says a sentence. */
export type Say = (name: keyof typeof clientSentences) => string;

/** The name of the file with the sentences, beside the program. */
export const sentencesFile = 'sentences.json';

/** All of them in the language of VS Code, as `saying` reads them. */
export function sentencesToWrite(): string {
  const entries = Object.entries(clientSentences).map(([name, sentence]) => [name, sentence()]);
  return `${JSON.stringify(Object.fromEntries(entries), null, 2)}\n`;
}

/**
 * Says a sentence as it was written down; in English if it was not.
 *
 * @param read returns what was written; called only when there is something to say
 */
export function saying(read: () => string): Say {
  return (name) => {
    const sentence = parseJsonObject(read())?.[name];
    return typeof sentence === 'string' && sentence.trim() !== '' ? sentence : clientSentences[name]();
  };
}
