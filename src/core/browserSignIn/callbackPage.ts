import * as l10n from '@vscode/l10n';
import { createHash } from 'node:crypto';
import { textTag } from '../base/textTag';

/** `unexpected`: the address belongs to no sign-in that is waiting, for example one of an older tab. */
export type CallbackPage = 'accepted' | 'refused' | 'unexpected';

interface Texts {
  readonly title: () => string;
  readonly text: () => string;
}

const texts: Readonly<Record<CallbackPage, Texts>> = {
  accepted: {
    title: () => l10n.t('Go back to VS Code'),
    text: () => l10n.t('Reltio has confirmed who you are. VS Code completes the sign-in. You can close this page.'),
  },
  refused: {
    title: () => l10n.t('Reltio did not sign you in'),
    text: () => l10n.t('Go back to VS Code: it says why, and what to do next. You can close this page.'),
  },
  unexpected: {
    title: () => l10n.t('VS Code is not waiting for this page'),
    text: () =>
      l10n.t(
        'It belongs to another or an older sign-in. Go back to VS Code and continue there. You can close this page.',
      ),
  },
};

const style = `
:root { color-scheme: light dark; --text: #1f1f1f; --page: #f8f8f8; --card: #ffffff; --edge: #d0d0d0; }
@media (prefers-color-scheme: dark) {
  :root { --text: #e6e6e6; --page: #181818; --card: #1f1f1f; --edge: #4a4a4a; }
}
body { margin: 0; min-height: 100vh; display: grid; place-items: center; background: var(--page); color: var(--text);
  font: 1.125rem/1.6 system-ui, sans-serif; }
main { box-sizing: border-box; max-width: 34rem; margin: 1rem; padding: 2rem; background: var(--card);
  border: 1px solid var(--edge); border-radius: 0.5rem; }
h1 { margin: 0 0 0.75rem; font-size: 1.5rem; line-height: 1.3; }
p { margin: 0; }
`;

const styleHash = createHash('sha256').update(style).digest('base64');

/** The page runs nothing, loads nothing, is not stored, and sends its address, which contains the code, nowhere. */
export const pageHeaders: Readonly<Record<string, string>> = {
  'Content-Type': 'text/html; charset=utf-8',
  'Content-Security-Policy':
    `default-src 'none'; style-src 'sha256-${styleHash}'; ` +
    `base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
  'Cache-Control': 'no-store',
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
};

/** What the browser shows after the sign-in. It contains no text of the request. */
export function callbackPage(page: CallbackPage): string {
  const title = escaped(texts[page].title());
  const text = escaped(texts[page].text());
  return `<!doctype html>
<html lang="${textTag()}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} · Reltio Authentication</title>
<style>${style}</style>
</head>
<body>
<main>
<h1>${title}</h1>
<p>${text}</p>
</main>
</body>
</html>
`;
}

/** A translation may have such a character too. */
function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}
