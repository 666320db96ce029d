import assert from 'node:assert/strict';
import { back } from '../../../../src/editor/prompt/prompt';
import { runSteps, type Position, type Step } from '../../../../src/features/signIn/steps/steps';

describe('the steps of a sign-in', () => {
  const seen: string[] = [];
  const positions: Position[] = [];
  beforeEach(() => {
    seen.length = 0;
    positions.length = 0;
  });

  const step = (name: string, outcomes: (Awaited<ReturnType<Step['ask']>> | undefined)[], applies = true): Step => ({
    applies: () => applies,
    ask: (position) => {
      seen.push(name);
      positions.push(position);
      return Promise.resolve(outcomes.shift() ?? 'next');
    },
  });

  it('are asked in order, counted without those that do not apply', async () => {
    await runSteps([step('a', []), step('b', [], false), step('c', [])]);
    assert.deepEqual(seen, ['a', 'c']);
    assert.deepEqual(positions, [
      { step: 1, totalSteps: 2, canGoBack: false },
      { step: 2, totalSteps: 2, canGoBack: true },
    ]);
  });

  it('go back to the last one that was asked', async () => {
    await runSteps([step('a', []), step('b', [], false), step('c', [back])]);
    assert.deepEqual(seen, ['a', 'c', 'a', 'c']);
  });

  it('ask a step again when the person goes back to it, though it has been answered', async () => {
    let isAnswered = false;
    const answered = step('a', []);
    await runSteps([
      {
        ...answered,
        applies: () => !isAnswered,
        ask: (position) => {
          isAnswered = true;
          return answered.ask(position);
        },
      },
      step('b', [back]),
    ]);
    assert.deepEqual(seen, ['a', 'b', 'a', 'b']);
  });

  it('leave a modal out of the count and of the way back', async () => {
    await runSteps([step('a', []), { ...step('modal', []), isModal: true }, step('b', [back]), step('c', [])]);
    assert.deepEqual(seen, ['a', 'modal', 'b', 'a', 'modal', 'b', 'c']);
    assert.deepEqual(
      positions.map((position) => `${position.step}/${position.totalSteps}`),
      ['1/3', '2/4', '2/3', '1/3', '2/4', '2/3', '3/3'],
    );
  });

  it('go to a step, and back from there does not lead forward', async () => {
    const b = step('b', ['next', back]);
    await runSteps([step('a', []), b, step('c', [{ goTo: b }])]);
    assert.deepEqual(seen, ['a', 'b', 'c', 'b', 'a', 'b', 'c']);
  });

  it('refuse to go to a step that is not in the list', async () => {
    const stray = step('stray', []);
    await assert.rejects(runSteps([step('a', []), step('b', [{ goTo: stray }])]), /not in the list/);
    assert.deepEqual(seen, ['a', 'b']);
  });
});
