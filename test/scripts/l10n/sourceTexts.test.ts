import assert from 'node:assert/strict';
import { sources, sourceTexts } from '../../../scripts/l10n/sourceTexts';
import { textCalls, type TextCall } from '../../../scripts/l10n/textCalls';

const calls = sources().flatMap(({ file, content }) => textCalls(content).map((call) => ({ file, ...call })));
const placeholders = (message: string): string[] =>
  [...new Set([...message.matchAll(/\{([^}]*)\}/g)].map(([, name = '']) => name))].sort();
const where = (wrong: (call: TextCall & { readonly message: string }) => boolean): string[] =>
  calls
    .filter((call) => call.message === undefined || wrong({ ...call, message: call.message }))
    .map(({ file, line, message }) => `${file}:${line} ${message ?? ''}`);

describe('the texts of the sources', () => {
  it('are written down where they are used', () => {
    assert.deepEqual(
      where(() => false),
      [],
    );
    assert.ok(Object.keys(sourceTexts()).length > 400);
  });

  it('are read when they are shown, not when a module is loaded', () => {
    assert.deepEqual(
      where(({ isTooEarly }) => isTooEarly),
      [],
    );
  });

  it('have a placeholder for each value, and a value for each placeholder', () => {
    const expected = (values: number): string[] => Array.from({ length: values }, (_, index) => String(index));
    assert.deepEqual(
      where(({ message, values }) => placeholders(message).join() !== expected(values).join()),
      [],
    );
  });

  it('are whole: none begins or ends with white space, or has a line break', () => {
    assert.deepEqual(
      where(({ message }) => /^\s|\s$|\n|^$/.test(message)),
      [],
    );
  });

  it('name buttons and items by value, so that a sentence cannot call them something else than they are called', () => {
    const texts = new Set(calls.map(({ message }) => message));
    assert.deepEqual(
      where(({ message }) => [...message.matchAll(/"([^"]+)"/g)].some(([, quoted]) => texts.has(quoted))),
      [],
    );
  });
});
