import assert from 'node:assert/strict';
import { back } from '../../../../src/editor/prompt/prompt';
import type { Draft } from '../../../../src/features/signIn/draft';
import { runSteps, type Position, type Step } from '../../../../src/features/signIn/steps/steps';

interface Context {
  readonly draft: Draft;
}
type TestStep = Step<Context>;
type Outcome = Awaited<ReturnType<TestStep['ask']>>;

describe('the steps of a sign-in', () => {
  const seen: string[] = [];
  const positions: Position[] = [];
  let draft: Draft;
  beforeEach(() => {
    seen.length = 0;
    positions.length = 0;
    draft = {};
  });

  const step = (name: string, outcomes: (Outcome | undefined)[], applies = true): TestStep => ({
    answers: [],
    applies: () => applies,
    ask: (_context, position) => {
      seen.push(name);
      positions.push(position);
      return Promise.resolve(outcomes.shift() ?? 'next');
    },
  });
  const run = (steps: readonly TestStep[]): Promise<void> => runSteps({ draft }, () => Promise.resolve(steps));

  it('are asked in order, counted without those that do not apply', async () => {
    await run([step('a', []), step('b', [], false), step('c', [])]);
    assert.deepEqual(seen, ['a', 'c']);
    assert.deepEqual(positions, [
      { step: 1, totalSteps: 2, canGoBack: false },
      { step: 2, totalSteps: 2, canGoBack: true },
    ]);
  });

  it('go back to the last one that was asked', async () => {
    await run([step('a', []), step('b', [], false), step('c', [back])]);
    assert.deepEqual(seen, ['a', 'c', 'a', 'c']);
  });

  it('ask a step again when the user goes back to it, although it has been answered', async () => {
    let isAnswered = false;
    const answered = step('a', []);
    await run([
      {
        ...answered,
        applies: () => !isAnswered,
        ask: (context, position) => {
          isAnswered = true;
          return answered.ask(context, position);
        },
      },
      step('b', [back]),
    ]);
    assert.deepEqual(seen, ['a', 'b', 'a', 'b']);
  });

  it('do not count a modal, and skip it on the way back', async () => {
    await run([step('a', []), { ...step('modal', []), isModal: true }, step('b', [back]), step('c', [])]);
    assert.deepEqual(seen, ['a', 'modal', 'b', 'a', 'modal', 'b', 'c']);
    assert.deepEqual(
      positions.map((position) => `${position.step}/${position.totalSteps}`),
      ['1/3', '2/4', '2/3', '1/3', '2/4', '2/3', '3/3'],
    );
  });

  it('go to a step, and back from there does not lead forward', async () => {
    const b = step('b', ['next', back]);
    await run([step('a', []), b, step('c', [{ goTo: b }])]);
    assert.deepEqual(seen, ['a', 'b', 'c', 'b', 'a', 'b', 'c']);
  });

  it('go on from a step that they were led to and that does not apply', async () => {
    const b = step('b', [], false);
    await run([step('a', []), b, step('c', [{ goTo: b }])]);
    assert.deepEqual(seen, ['a', 'c', 'c']);
  });

  it('refuse to go to a step that is not in the list', async () => {
    const stray = step('stray', []);
    await assert.rejects(run([step('a', []), step('b', [{ goTo: stray }])]), /not in the list/);
    assert.deepEqual(seen, ['a', 'b']);
  });

  it('do not start again if a step is no longer in the list after its answer', async () => {
    const lists = [[step('a', []), step('b', [])], [step('a', [])]];
    await assert.rejects(
      runSteps({ draft }, () => Promise.resolve(lists[seen.length === 0 ? 0 : 1] ?? [])),
      /not in the list/,
    );
    assert.deepEqual(seen, ['a']);
  });

  it('may differ after the step that was answered', async () => {
    const first = step('first', [undefined, back]);
    const lists = [
      [first, step('long', [back]), step('longer', [])],
      [first, step('short', [])],
    ];
    await runSteps({ draft }, () => Promise.resolve(lists[seen.length < 2 ? 0 : 1] ?? []));
    assert.deepEqual(seen, ['first', 'long', 'first', 'first', 'short']);
  });

  describe('that were answered', () => {
    /** Answers with the next of these values; an empty one is Back. */
    const asks = (
      answer: 'identityServer' | 'user' | 'passwordProblem',
      values: readonly string[],
      dependsOn?: TestStep['dependsOn'],
    ): TestStep => {
      const left = [...values];
      return {
        answers: [answer],
        ...(dependsOn === undefined ? {} : { dependsOn }),
        applies: () => true,
        ask: () => {
          seen.push(`${answer}: ${draft[answer] ?? 'nothing'}`);
          const value = left.shift() ?? '';
          draft[answer] = value === '' ? (draft[answer] ?? '') : value;
          return Promise.resolve(value === '' ? back : 'next');
        },
      };
    };

    it('keep what was typed when the user goes back, as long as what it depends on stays the same', async () => {
      const server = asks('identityServer', ['one', 'one', 'two'], []);
      await run([server, asks('user', ['jane', '', '', 'omar'], ['identityServer']), step('end', [back])]);
      assert.deepEqual(seen, [
        'identityServer: nothing',
        'user: nothing',
        'end',
        'user: jane',
        'identityServer: one',
        'user: jane',
        'identityServer: one',
        'user: nothing',
        'end',
      ]);
    });

    it('forget the rest when the user goes back to it or before it', async () => {
      const user = asks('user', ['jane', 'jane'], []);
      await run([user, asks('passwordProblem', ['one', '', 'two']), step('end', [back])]);
      assert.deepEqual(seen, [
        'user: nothing',
        'passwordProblem: nothing',
        'end',
        'passwordProblem: nothing',
        'user: jane',
        'passwordProblem: nothing',
        'end',
      ]);
    });
  });
});
