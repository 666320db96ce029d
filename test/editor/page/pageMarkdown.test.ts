import assert from 'node:assert/strict';
import { pageMarkdown, pageTable } from '../../../src/editor/page/pageMarkdown';

describe('the Markdown of a page', () => {
  it('leaves nothing of a text that Markdown would use', () => {
    for (const text of ['[x](command:evil)', '![x](y)', '<img src=x>', '**b**', '&lt;', '# 1', '~~a~~', '$x$', '\\']) {
      const rest = pageMarkdown(text).replace(/\\[!-/:-@[-`{-~]/g, '');
      assert.match(rest, /^[\w ]*$/, text);
    }
  });

  it('shows whatever could become a link or a mention as code, and only that', () => {
    const cases = {
      'Signed in as jane@acme.com (auth.reltio.com).': 'Signed in as `jane@acme.com` \\(auth\\.reltio\\.com\\)\\.',
      'See https://evil.example/x?y=1, now': 'See `https://evil.example/x?y=1`\\, now',
      'a//evil.example': '`a//evil.example`',
      '(WWW.evil.example)': '\\(`WWW.evil.example`\\)',
      'mailto:x y': '`mailto:x` y',
      'x@[y](z)': '`x@[y](z`\\)',
    };
    for (const [text, markdown] of Object.entries(cases)) assert.equal(pageMarkdown(text), markdown);
  });

  it('does not stand still over a long word', () => {
    const [word, dots] = ['x'.repeat(300_000), 'a.//'.repeat(50_000)];
    assert.equal(pageMarkdown(`${word} a@b`), `${word} \`a@b\``);
    assert.equal(pageMarkdown(`${dots} a@b`), `\`${dots}\` \`a@b\``);
  });

  it('keeps the code of a sentence, and pairs no backtick that has no partner', () => {
    assert.equal(pageMarkdown('By `Acme [x](y)`, valid.'), 'By `Acme [x](y)`\\, valid\\.');
    assert.equal(pageMarkdown('one ` two'), 'one \\` two');
    assert.equal(pageMarkdown('`a` b ` c'), '`a` b \\` c');
  });

  it('is one line of visible characters, whatever the text has', () => {
    assert.equal(pageMarkdown(' a\n\n# b\u202ec\u2028d\u0007 '), 'a \\# b c d');
  });

  it('keeps each cell of a table in its column', () => {
    const table = pageTable(['A', 'B'], [['a | b', '`x|y` | jane@acme.com|z']]);
    assert.deepEqual(table.split('\n'), ['| A | B |', '| --- | --- |', '| a \\| b | `x¦y` \\| `jane@acme.com¦z` |']);
  });
});
