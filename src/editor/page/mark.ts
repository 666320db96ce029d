import * as l10n from '@vscode/l10n';

/** `note`: worth knowing, but not a problem. */
export type Mark = 'ok' | 'note' | 'wrong';

const symbols: Readonly<Record<Mark, string>> = { ok: '✓', note: '!', wrong: '✗' };

/** Only beside a sentence that says the same. */
export function markSymbol(mark: Mark): string {
  return symbols[mark];
}

/** A mark with its word: a symbol alone says nothing to a screen reader. */
export function markText(mark: Mark): string {
  switch (mark) {
    case 'ok':
      return `${symbols.ok} ${l10n.t({ message: 'OK', comment: ['The result of a check'] })}`;
    case 'note':
      return `${symbols.note} ${l10n.t({ message: 'Note', comment: ['The result of a check: worth knowing, but not a problem'] })}`;
    case 'wrong':
      return `${symbols.wrong} ${l10n.t({ message: 'Problem', comment: ['The result of a check'] })}`;
  }
}
