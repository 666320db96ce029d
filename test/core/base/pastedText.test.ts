import assert from 'node:assert/strict';
import { trimmed, unwrapped, userNameIn } from '../../../src/core/base/pastedText';

describe('a pasted text', () => {
  for (const [what, text] of [
    ['blanks and line breaks', ' \t\r\nabc\n '],
    ['no-break spaces', '\u00A0abc\u00A0'],
    ['a byte order mark', '\uFEFFabc'],
    ['zero-width spaces', '\u200Babc\u200B'],
    ['direction marks among blanks', '\u200E abc \u200F '],
  ] as const) {
    it(`is trimmed of ${what}`, () => {
      assert.equal(trimmed(text), 'abc');
      assert.equal(unwrapped(text), 'abc');
    });
  }

  for (const text of [
    '"abc"',
    "'abc'",
    '`abc`',
    '“abc”',
    '„abc“',
    '«abc»',
    '<abc>',
    '(abc)',
    '"abc",',
    'abc;',
    '<"abc">',
  ]) {
    it(`is taken out of what is around it: ${text}`, () => {
      assert.equal(unwrapped(text), 'abc');
      assert.equal(trimmed(text), text);
    });
  }

  it('loses invisible characters in its middle only where it can have none', () => {
    assert.equal(userNameIn(' ja\u200Bne@acme.com\u200E'), 'jane@acme.com');
    assert.equal(userNameIn('ja\u200Cne '), 'ja\u200Cne');
    assert.equal(unwrapped('ab\u200Bc\u00ADd'), 'abcd');
    assert.equal(trimmed('ab\u200Bc'), 'ab\u200Bc');
  });

  it('keeps what it may have itself', () => {
    for (const text of ['[::1]:8899', 'a"b', 'a b', 's.Aa0-_~+/==.x=', '{"a":1}', '']) {
      assert.equal(unwrapped(text), text);
    }
  });

  it('is read at once, however it is made', () => {
    const started = performance.now();
    assert.equal(unwrapped(`a${'"'.repeat(1_000_000)}a`).length, 1_000_002);
    assert.equal(trimmed(`${' '.repeat(1_000_000)}a${' '.repeat(1_000_000)}a`).length, 1_000_002);
    assert.ok(performance.now() - started < 2_000);
  });
});
