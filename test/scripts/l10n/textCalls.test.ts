import assert from 'node:assert/strict';
import { textCalls } from '../../../scripts/l10n/textCalls';

const messages = (source: string): (string | undefined)[] => textCalls(source).map(({ message }) => message);

describe('the calls of l10n.t in a source', () => {
  it('have their message, also one that is joined of literals', () => {
    assert.deepEqual(messages(`a(l10n.t('One.')); b(l10n.t("It's" + ' {0}' + \`.\`, x));`), ['One.', "It's {0}."]);
  });

  it('are found within each other, and in templates', () => {
    assert.deepEqual(messages("l10n.t('{0}', l10n.t('in')); `${l10n.t('two')}`"), ['{0}', 'in', 'two']);
  });

  it('have their note for translators, and how many values they take', () => {
    const [call] = textCalls(`\nl10n.t({ message: 'a' + '{0}', args: [x], comment: ['{0} is a host', 'short'] })`);
    assert.deepEqual(call, {
      message: 'a{0}',
      comment: ['{0} is a host', 'short'],
      values: 1,
      isTooEarly: true,
      line: 2,
    });
    assert.deepEqual(textCalls(`l10n.t('{0}{1}', a, b)`)[0]?.values, 2);
  });

  it('have no message if it is made when they run', () => {
    for (const call of [
      'l10n.t(x)',
      'l10n.t(`a${b}`)',
      "l10n.t(a ? 'b' : 'c')",
      "l10n.t('a' + b)",
      "l10n.t('a' - 'b')",
    ]) {
      assert.deepEqual(messages(call), [undefined], call);
    }
    assert.deepEqual(messages("l10n.t({ message: 'a', comment: [note] })"), [undefined]);
  });

  it('are too early where a module is loaded, and not within a function or an object', () => {
    const early = (source: string): (boolean | undefined)[] => textCalls(source).map(({ isTooEarly }) => isTooEarly);
    assert.deepEqual(
      early("const a = l10n.t('a'); const b = { c: [l10n.t('c')] }; class D { static e = l10n.t('e') }"),
      [true, true, true],
    );
    const later =
      "const a = () => l10n.t('a'); function b() { return l10n.t('b') } const c = { get d() { return l10n.t('d') } };";
    assert.deepEqual(early(`${later} class E { f = l10n.t('f'); g() { l10n.t('g'); } }`), Array(5).fill(false));
  });

  it('are no other calls', () => {
    assert.deepEqual(messages("t('a'); l10n.config('b'); x.t('c'); // l10n.t('d')"), []);
  });
});
