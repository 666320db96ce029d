import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  displayHost,
  displayText,
  displayList,
  displayHostOf,
  displayOriginOf,
} from '../../../src/core/base/displayText';

describe('a word from outside', () => {
  it('is shown as it is if it is an ordinary one', () => {
    for (const word of [
      'jane@acme.com',
      'ACME\\jane',
      "O'Neil, Zoë (Köln) & Co.",
      'reltio_ui',
      'Größe 42 #1 · 50% *new* {eu-360} a|b',
      'ПРОД',
      '生产环境',
      'بيئة الإنتاج',
      'cost $5',
    ]) {
      assert.equal(displayText(word), word);
    }
    assert.equal(displayText('⚠️ PROD'), '⚠ PROD');
    assert.equal(displayText('👩‍💻 dev 👩🏽‍⚕️ 🏳️‍🌈'), '👩‍💻 dev 👩🏽‍⚕ 🏳‍🌈');
  });

  it('makes no link and no icon', () => {
    assert.equal(displayText('[Fix it](command:evil)'), '(Fix it)(command:evil)');
    assert.equal(displayText('$(verified) jane $$(x) $[x]'), '(verified) jane (x) (x)');
    assert.equal(displayText('<https://evil.example> `x`'), "(https://evil.example) 'x'");
  });

  it('has one line', () => {
    assert.equal(
      displayText(' one\r\ntwo\u2028three\u2029four\u0085five\vsix \t seven '),
      'one two three four�five six seven',
    );
    assert.equal(displayText(`a${' '.repeat(500)}b`), 'a b');
    assert.equal(displayText('z\u0300\u0301\u0302\u0303\u0304\u0305a'), 'z\u0300\u0301\u0302a');
  });

  it('marks characters that are invisible or reverse text', () => {
    for (const hidden of [
      '\u202E',
      '\u2066',
      '\u200F',
      '\u061C',
      '\u200B',
      '\u00AD',
      '\uFEFF',
      '\u3164',
      '\0',
      '\x1B',
    ]) {
      assert.equal(displayText(`ja${hidden}ne`), 'ja�ne');
    }
    assert.equal(displayText('ja\u{E0041}ne \uD800'), 'ja�ne �');
    assert.equal(displayText('ja\u200Dne 👩\u200D 👩\u200D\u200D💻 \u200D💻'), 'ja�ne 👩� 👩��💻 �💻');
    assert.equal(displayText('\u0338jane'), '�jane');
  });

  it('is limited in length', () => {
    assert.equal(displayText('x'.repeat(101)), `${'x'.repeat(100)}…`);
    assert.equal(displayText('😀'.repeat(5), 5), '😀'.repeat(5));
    assert.equal(displayText('😀'.repeat(6), 5), `${'😀'.repeat(5)}…`);
    assert.equal(displayText(`${' '.repeat(5000)}x`), '…');
  });

  it('is one of at most twenty in a list', () => {
    const words = Array.from({ length: 22 }, (_, index) => `[${index}]`);
    assert.equal(displayList(words.slice(0, 2)), '(0), (1)');
    assert.match(displayList(words.slice(0, 20)), /, \(19\)$/);
    assert.match(displayList(words), /, \(19\) and 2 more$/);
  });

  it('has no meaning for VS Code, whatever it was, and stays the same when it is shown twice', () => {
    const hostile = fc.constantFrom(
      '[',
      ']',
      '(',
      ')',
      '$',
      '<',
      '`',
      'command:',
      '\n',
      '\u202E',
      '\u200D',
      '\u0300',
      'a',
      ' ',
    );
    const text = fc.oneof(
      fc.array(hostile, { maxLength: 40 }).map((parts) => parts.join('')),
      fc.string({ unit: 'binary' }),
    );
    fc.assert(
      fc.property(text, (foreign) => {
        const shown = displayText(foreign);
        assert.doesNotMatch(shown, /[[\]<>`]|\$\(|\p{C}|\p{Default_Ignorable_Code_Point}|\p{Zl}|\p{Zp}| {2}/u);
        assert.ok(Array.from(shown).length <= 101);
        assert.equal(displayText(shown, 101), shown);
      }),
    );
  });
});

describe('a host', () => {
  it('is shown with its port, and in the letters that are sent over the network', () => {
    assert.equal(displayHostOf('https://auth.reltio.com'), 'auth.reltio.com');
    assert.equal(displayHostOf('https://auth.reltio.com:8443'), 'auth.reltio.com:8443');
    assert.equal(displayHostOf('https://аuth.reltio.com'), 'xn--uth-5cd.reltio.com');
    assert.equal(displayHostOf('https://auth.reltio.com。evil.example'), 'auth.reltio.com.evil.example');
    assert.equal(displayHostOf('http://[::1]:8080'), '[::1]:8080');
    assert.equal(displayHostOf('https://$(zap)`x`.acme.example'), "(zap)'x'.acme.example");
  });

  it('is shown whole in its origin', () => {
    assert.equal(displayOriginOf('http://[::1]:8080'), 'http://[::1]:8080');
    assert.equal(
      displayOriginOf(`https://${'a'.repeat(63)}.acme.example/path`),
      `https://${'a'.repeat(63)}.acme.example`,
    );
  });

  it('keeps its end if it is long, which says who owns it', () => {
    assert.equal(displayHost(`auth.reltio.com.${'a'.repeat(60)}.evil.example`), `…${'a'.repeat(47)}.evil.example`);
    assert.equal(displayHost('a'.repeat(60)), 'a'.repeat(60));
  });
});
