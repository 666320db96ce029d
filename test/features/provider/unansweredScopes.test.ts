import assert from 'node:assert/strict';
import { UnansweredScopes } from '../../../src/features/provider/unansweredScopes';

const listsOf = (unanswered: UnansweredScopes) => unanswered.waiting().map(({ scopes }) => scopes);

describe('scope lists that got no session', () => {
  it('are kept in the requested order, once each, and a bounded number of them', () => {
    const unanswered = new UnansweredScopes();
    unanswered.add(['b', 'a']);
    unanswered.add(['a', 'b']);
    unanswered.add(['b', 'a']);
    assert.deepEqual(listsOf(unanswered), [
      ['b', 'a'],
      ['a', 'b'],
    ]);
    for (let index = 0; index < 1_000; index++) unanswered.add([`scope ${index}`]);
    assert.ok(unanswered.waiting().length <= 100);
  });

  it('stop waiting once they are announced, and the extension may still come for them', () => {
    const unanswered = new UnansweredScopes();
    unanswered.add(['a']);
    unanswered.announced(['a']);
    assert.deepEqual(unanswered.waiting(), []);
    assert.ok(unanswered.open(['a']));
  });

  it('go on waiting when one was answered and nothing announced: another extension may have requested the same', () => {
    const unanswered = new UnansweredScopes();
    unanswered.add(['a']);
    unanswered.answered(['a']);
    assert.equal(unanswered.open(['a']), undefined);
    assert.deepEqual(listsOf(unanswered), [['a']]);
  });

  it('are forgotten once they are announced and answered, whichever comes first', () => {
    const unanswered = new UnansweredScopes();
    for (let index = 0; index < 1_000; index++) {
      const list = [`scope ${index}`];
      unanswered.add(list);
      const settle = [() => unanswered.announced(list), () => unanswered.answered(list)];
      (index % 2 === 0 ? settle : settle.reverse()).forEach((half) => {
        half();
      });
    }
    unanswered.add(['last']);
    assert.deepEqual(listsOf(unanswered), [['last']]);
  });

  it('have every entry that VS Code may show for them, once each, and a bounded number of them', () => {
    const unanswered = new UnansweredScopes();
    const entries = () => unanswered.waiting().flatMap((list) => list.entries);
    unanswered.add(['a']);
    unanswered.add(['a'], undefined, ['Bearer:a']);
    unanswered.add(['a'], undefined, ['Bearer:a']);
    assert.deepEqual(entries(), [['a'], ['Bearer:a']]);
    for (let index = 0; index < 1_000; index++) unanswered.add(['a'], undefined, [`Bearer ${index}:a`]);
    assert.ok(entries().length <= 10);
    assert.deepEqual(entries().at(-1), ['Bearer 999:a'], 'the latest are kept');
    unanswered.announced(['a']);
    assert.deepEqual(entries(), []);
  });
});
