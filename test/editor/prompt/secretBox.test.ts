import { boxes } from '../../fakes/fakeQuickInput';
import assert from 'node:assert/strict';
import { quickInputPrompt } from '../../../src/editor/prompt/quickInputPrompt';
import type { BoxStep } from '../../../src/editor/prompt/prompt';

describe('a box for a secret', () => {
  const step: BoxStep<string> = {
    title: 'Sign in',
    step: 1,
    totalSteps: 1,
    canGoBack: false,
    prompt: 'Password',
    secret: true,
    submit: (text) =>
      Promise.resolve(
        text === 'right'
          ? { kind: 'accepted', value: 'done' }
          : { kind: 'refused', sentence: 'No.', clear: text !== 'kept' },
      ),
  };

  it('is emptied if its text has become useless, and always shows dots', async () => {
    boxes.length = 0;
    const answer = quickInputPrompt(new AbortController().signal).box(step);
    const [box] = boxes;
    assert.ok(box !== undefined);
    assert.equal(box.password, true);
    for (const [text, left] of [
      ['wrong', ''],
      ['kept', 'kept'],
    ] as const) {
      box.type(text);
      box.enter();
      await new Promise(setImmediate);
      assert.deepEqual([box.value, box.password, box.validationMessage?.message], [left, true, 'No.']);
    }
    box.type('right');
    assert.equal(box.validationMessage, undefined, 'it is about the text of before');
    box.enter();
    assert.equal(await answer, 'done');
    assert.equal(box.value, '', 'VS Code keeps one box for everything');
  });
});
