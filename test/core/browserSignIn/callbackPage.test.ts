import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { callbackPage, pageHeaders, type CallbackPage } from '../../../src/core/browserSignIn/callbackPage';

import { inLanguage } from '../../fakes/inLanguage';

const pages: readonly CallbackPage[] = ['accepted', 'refused', 'unexpected'];

describe('the page at the end of the sign-in in the browser', () => {
  for (const page of pages) {
    const html = callbackPage(page);

    it(`${page}: says to go back to VS Code`, () => {
      assert.match(html.replace(/<[^>]*>/g, ''), /[Gg]o back to VS Code/);
    });

    it(`${page}: runs nothing and loads nothing`, () => {
      assert.doesNotMatch(html, /<script|<link|<img|<iframe|<form|<a |\bon\w+=|https?:|url\(|@import/i);
    });

    it(`${page}: has its language, a title and one heading, for screen readers`, () => {
      assert.match(html, /<html lang="en">/);
      assert.match(html, /<title>[^<]{10,}<\/title>/);
      assert.match(html, /<main>\s*<h1>[^<]+<\/h1>/);
      assert.match(html, /<meta name="viewport" content="width=device-width, initial-scale=1">/);
    });
  }

  it('is in the language of VS Code, and a translation is text only', () => {
    const german = {
      'en/The tag of the language of this file, such as de. Dates and plural forms follow it.': 'de',
      'Go back to VS Code': 'Zurück zu VS Code & <b>"fertig"</b>',
    };
    inLanguage(german, () => {
      const html = callbackPage('accepted');
      assert.match(html, /<html lang="de">/);
      assert.match(html, /<h1>Zurück zu VS Code &#38; &#60;b&#62;&#34;fertig&#34;&#60;\/b&#62;<\/h1>/);
    });
  });

  it('allows its own style and nothing else', () => {
    const style = /<style>([^]*)<\/style>/.exec(callbackPage('accepted'))?.[1] ?? '';
    const hash = createHash('sha256').update(style).digest('base64');
    assert.equal(
      pageHeaders['Content-Security-Policy'],
      `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
    );
  });

  it('is neither stored nor sends its address elsewhere', () => {
    assert.equal(pageHeaders['Cache-Control'], 'no-store');
    assert.equal(pageHeaders['Referrer-Policy'], 'no-referrer');
    assert.equal(pageHeaders['X-Content-Type-Options'], 'nosniff');
  });

  it('can be read in light and dark', () => {
    const style = callbackPage('accepted');
    const themes = [...style.matchAll(/--text: (#\w{6}); --page: (#\w{6}); --card: (#\w{6})/g)];
    assert.equal(themes.length, 2);
    assert.match(style, /@media \(prefers-color-scheme: dark\) \{\s*:root \{ --text: #e/);
    for (const [, text = '', page = '', card = ''] of themes) {
      assert.ok(contrast(text, page) > 7);
      assert.ok(contrast(text, card) > 7);
    }
  });
});

/** As WCAG 2 defines it. */
function contrast(one: string, other: string): number {
  const [light = 0, dark = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

function luminance(color: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((start) => {
    const part = parseInt(color.slice(start, start + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
