import * as l10n from '@vscode/l10n';

/** Runs a test with these translations, and without any after it. */
export function inLanguage(contents: Readonly<Record<string, string>>, test: () => void): void {
  l10n.config({ contents: { ...contents } });
  try {
    test();
  } finally {
    l10n.config({ contents: {} });
  }
}
