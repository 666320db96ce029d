import assert from 'node:assert/strict';
import fc from 'fast-check';
import MarkdownIt from 'markdown-it';
import { pageMarkdown, pageTable } from '../../src/editor/page/pageMarkdown';
import { fuzz } from './fuzz';

/** What a renderer could make something of. */
const pieces = [
  ...[
    'www.evil.example',
    'https://evil.example/x',
    '//evil.example',
    'mailto:a@b.co',
    'jane@acme.com',
    'ftp://e.example',
  ],
  ...[
    '[x](command:y)',
    '![x](http://e/p.png)',
    '[a]: http://e',
    '[^1]',
    '<img src=x onerror=1>',
    '<b>',
    '<https://e.example>',
  ],
  ...[
    '`',
    '``',
    '```',
    '|',
    '\\',
    '\\|',
    '\n',
    '\n\n',
    '# h',
    '- ',
    '1. ',
    '> ',
    '***',
    '__',
    '~~',
    '$x$',
    '---',
    '===',
  ],
  ...['&lt;', '&#60;', ':smile:', '@reltio', '#1', '(', ')', '"', '.', ', ', ' ', 'a', 'ö', '日本', '\u202e', '\u2028'],
] as const;
const texts = fc
  .array(fc.oneof(fc.constantFrom(...pieces), fc.string()), { minLength: 1, maxLength: 7 })
  .map((some) => some.join(''));
const ours = /<\/?(p|code|table|thead|tbody|tr|th|td)>/g;

/** As VS Code's preview renders it, and as other renderers do, which find more links. */
const renderers = [false, true].map((fuzzyLink) => {
  const renderer = new MarkdownIt({ html: true, linkify: true });
  renderer.linkify.set({ fuzzyLink });
  return renderer;
});

describe('hostile texts on a page', () => {
  fuzz(
    'become no link, picture or tag, and stay in their cell',
    texts,
    (text) => {
      for (const renderer of renderers) {
        const sentence = renderer.render(`So: ${pageMarkdown(text)}`);
        assert.doesNotMatch(sentence.replace(ours, ''), /</, sentence);
        const table = renderer.render(pageTable(['A', 'B'], [[text, 'B']]));
        assert.doesNotMatch(table.replace(ours, ''), /</, table);
        assert.equal(table.match(/<t[dh]>/g)?.length, 4, table);
      }
      return 'accepted';
    },
    { least: [1, 0] },
  );
});
