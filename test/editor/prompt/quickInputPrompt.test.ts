import { boxes, type FakeBox } from '../../fakes/fakeQuickInput';
import { modals, presses } from '../../fakes/fakeVscode';
import assert from 'node:assert/strict';
import { Failure } from '../../../src/core/base/failure';
import type { BoxStep } from '../../../src/editor/prompt/prompt';
import { quickInputPrompt } from '../../../src/editor/prompt/quickInputPrompt';

const isHeader = (text: string): 'submit' | 'secret' | 'readable' =>
  text === 'Basic whole' ? 'submit' : text.startsWith('Basic') ? 'secret' : 'readable';

describe('an input box of VS Code', () => {
  let sent: string[];
  beforeEach(() => {
    boxes.length = 0;
    sent = [];
  });

  const open = (step: Partial<BoxStep<string>> = {}): { box: FakeBox; answer: Promise<unknown> } => {
    const answer = quickInputPrompt(new AbortController().signal).box<string>({
      title: 'Sign in',
      step: 1,
      totalSteps: 1,
      canGoBack: false,
      prompt: 'Client id',
      submit: (text) => {
        sent.push(text);
        return Promise.resolve({ kind: 'accepted', value: text });
      },
      ...step,
    });
    return { box: boxes[0]!, answer };
  };

  it('accepts a text that needs no Enter as soon as it is in the box, and does not keep it', async () => {
    const { box, answer } = open({ inputKind: isHeader });
    box.type('Basic whole');
    assert.equal(box.password, true);
    assert.equal(await answer, 'Basic whole');
    assert.equal(box.value, '');
    assert.deepEqual(sent, ['Basic whole']);
  });

  it('shows dots while the text may be a secret, and characters again when it may not', async () => {
    const { box, answer } = open({ inputKind: isHeader });
    box.type('acme');
    assert.equal(box.password, false);
    box.type('Basic wh');
    assert.equal(box.password, true);
    box.type('acme_dev');
    assert.equal(box.password, false);
    assert.deepEqual(sent, []);
    box.enter();
    assert.equal(await answer, 'acme_dev');
  });

  it('shows dots from the start if the text in the box may be a secret', async () => {
    const { box, answer } = open({ inputKind: isHeader, value: 'Basic wh' });
    assert.equal(box.password, true);
    box.hide();
    await assert.rejects(answer, { code: 'cancelled' });
  });

  it('closes when a file of the extension is missing: only a new window helps', async () => {
    const { box, answer } = open({ submit: () => Promise.reject(new Failure('windowOutdated')) });
    box.type('a');
    box.enter();
    await assert.rejects(answer, { code: 'windowOutdated' });
    boxes.length = 0;
    const { box: other, answer: left } = open({ submit: () => Promise.reject(new Failure('dns')) });
    other.enter();
    await new Promise(setImmediate);
    assert.match(other.validationMessage?.message ?? '', /was not found/);
    other.hide();
    await assert.rejects(left, { code: 'cancelled' });
  });

  it('says nothing of the last try while the next one runs', async () => {
    let answerWith: (submitted: { kind: 'refused'; sentence: string }) => void = () => undefined;
    const { box, answer } = open({ submit: () => new Promise((resolve) => (answerWith = resolve)) });
    box.type('a');
    box.enter();
    answerWith({ kind: 'refused', sentence: 'No.' });
    await new Promise(setImmediate);
    assert.equal(box.validationMessage?.message, 'No.');
    assert.deepEqual([box.busy, box.enabled], [false, true]);
    box.enter();
    assert.equal(box.validationMessage, undefined);
    assert.deepEqual([box.busy, box.enabled], [true, false]);
    box.hide();
    await assert.rejects(answer, { code: 'cancelled' });
  });

  it("offers Reltio's page that explains it, in plain characters", async () => {
    const { box, answer } = open({ help: 'https://docs.reltio.com' });
    assert.deepEqual(
      box.buttons.map(({ tooltip }) => tooltip),
      ["What is this? Opens Reltio's documentation"],
    );
    box.hide();
    await assert.rejects(answer, { code: 'cancelled' });
  });

  it('stays open while the user looks elsewhere, and has a number only among several', async () => {
    for (const [step, totalSteps, shown] of [
      [1, 1, [true, undefined, undefined]],
      [2, 3, [true, 2, 3]],
    ] as const) {
      boxes.length = 0;
      const { box, answer } = open({ step, totalSteps });
      assert.deepEqual([box.ignoreFocusOut, box.step, box.totalSteps], shown);
      box.hide();
      await assert.rejects(answer, { code: 'cancelled' });
    }
  });

  it('always shows dots in a box for a secret', async () => {
    const { box, answer } = open({ secret: true });
    box.type('anything');
    assert.equal(box.password, true);
    box.hide();
    await assert.rejects(answer, { code: 'cancelled' });
    assert.equal(box.value, '');
  });
});

describe('a question of consent', () => {
  const question = { message: 'Send it?', detail: 'It is gone then.', no: 'Keep', choices: ['Send', 'Send twice'] };
  beforeEach(() => {
    modals.length = 0;
    presses.length = 0;
  });

  it('is asked in a modal, and answered by the button that was pressed', async () => {
    presses.push('Send twice', 'Keep');
    const prompt = quickInputPrompt(new AbortController().signal);
    assert.equal(await prompt.choose(question), 'Send twice');
    assert.equal(await prompt.choose(question), undefined);
    assert.equal(await prompt.choose(question), undefined, 'Escape');
    assert.deepEqual(modals[0]?.buttons, ['Keep', 'Send', 'Send twice']);
  });

  it('ends with the sign-in that it belongs to, even if VS Code leaves it open', async () => {
    const deadline = new AbortController();
    presses.push(new Promise<string>(() => undefined)); // no button is pressed
    const answer = quickInputPrompt(deadline.signal).choose(question);
    deadline.abort();
    await assert.rejects(answer, { code: 'cancelled' });
  });

  it('ignores a button that is pressed at its deadline', async () => {
    const deadline = new AbortController();
    presses.push('Send');
    const answer = quickInputPrompt(deadline.signal).choose(question);
    deadline.abort();
    await assert.rejects(answer, { code: 'cancelled' });
  });

  it('is not asked after the deadline', async () => {
    await assert.rejects(quickInputPrompt(AbortSignal.abort()).choose(question), { code: 'cancelled' });
    assert.deepEqual(modals, []);
  });
});
