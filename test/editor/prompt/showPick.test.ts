import { picks, type FakePick } from '../../fakes/fakeQuickInput';
import assert from 'node:assert/strict';
import type { PickItem, PickStep } from '../../../src/editor/prompt/prompt';
import { quickInputPrompt } from '../../../src/editor/prompt/quickInputPrompt';

describe('a list of VS Code', () => {
  beforeEach(() => {
    picks.length = 0;
  });

  const open = (
    items: readonly PickItem<string>[],
    work?: NonNullable<PickStep<string>['work']>,
    more: Partial<PickStep<string>> = {},
  ): { pick: FakePick; answer: Promise<unknown> } => {
    const answer = quickInputPrompt(new AbortController().signal).pick<string>({
      title: 'Sign in',
      step: 1,
      totalSteps: 1,
      canGoBack: false,
      placeholder: 'How?',
      items,
      ...(work === undefined ? {} : { work }),
      ...more,
    });
    return { pick: picks[0]!, answer };
  };
  const here = { label: 'Password', detail: 'Yours', value: 'p' };
  const elsewhere = { label: 'Browser', detail: 'At Reltio', unavailable: 'No browser is near.', value: 'b' };

  it('puts what cannot be chosen last, below a line, with the reason', () => {
    const { pick } = open([elsewhere, here]);
    assert.deepEqual(
      pick.items.map(({ label, detail, kind }) => [label, detail, kind]),
      [
        ['Password', 'Yours', undefined],
        ['Not available here', undefined, -1],
        ['Browser', 'No browser is near.', undefined],
      ],
    );
  });

  it('has no line if everything can be chosen', () => {
    const { pick } = open([here]);
    assert.equal(pick.items.length, 1);
    assert.equal(pick.busy, false);
  });

  it('selects what was chosen before, if the user has come back, and else leaves the first one selected', () => {
    const other = { label: 'Client', value: 'c' };
    const { pick } = open([here, other], undefined, { wasChosen: (value) => value === 'c' });
    assert.deepEqual(
      pick.activeItems?.map(({ label }) => label),
      ['Client'],
    );
    picks.length = 0;
    assert.equal(open([here, other]).pick.activeItems, undefined, 'else Enter would do nothing');
    picks.length = 0;
    assert.equal(open([here], undefined, { wasChosen: () => false }).pick.activeItems, undefined);
    picks.length = 0;
    assert.deepEqual(open([here, other], undefined, { wasChosen: () => true }).pick.activeItems?.length, 1);
  });

  it('stays open while the user looks elsewhere, and has a number only among several', () => {
    const { pick } = open([here]);
    assert.deepEqual([pick.ignoreFocusOut, pick.step, pick.totalSteps], [true, undefined, undefined]);
    picks.length = 0;
    const { pick: second } = open([here], undefined, { step: 2, totalSteps: 3 });
    assert.deepEqual([second.step, second.totalSteps], [2, 3]);
  });

  it('says why when such an item is chosen, and stays open', async () => {
    const { pick, answer } = open([elsewhere, here]);
    pick.value = 'brow';
    pick.choose('Browser');
    assert.deepEqual([pick.placeholder, pick.value, pick.isShown], ['No browser is near.', '', true]);
    pick.choose('Password');
    assert.equal(await answer, 'p');
    assert.equal(pick.isShown, false);
  });

  it('closes with the result of its work, and is busy until then', async () => {
    let finish: (value: string) => void = () => undefined;
    const { pick, answer } = open([here], () => new Promise((resolve) => (finish = resolve)));
    assert.equal(pick.busy, true);
    finish('done');
    assert.equal(await answer, 'done');
    assert.equal(pick.isShown, false);
  });

  it('fails as its work fails', async () => {
    const { pick, answer } = open([here], () => Promise.reject(new Error('no')));
    await assert.rejects(answer, /^Error: no$/);
    assert.equal(pick.isShown, false);
  });

  for (const [how, leave] of [
    ['chooses an item', (pick: FakePick) => pick.choose('Password')],
    ['leaves', (pick: FakePick) => pick.hide()],
  ] as const) {
    it(`aborts its work when the user ${how}`, async () => {
      let signal: AbortSignal | undefined;
      const { pick, answer } = open([here], (until) => {
        signal = until;
        return new Promise(() => undefined);
      });
      assert.equal(signal?.aborted, false);
      leave(pick);
      await answer.catch(() => undefined);
      assert.equal(signal?.aborted, true);
    });
  }
});
