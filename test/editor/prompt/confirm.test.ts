import { modals, presses } from '../../fakes/fakeVscode';
import assert from 'node:assert/strict';
import { confirm } from '../../../src/editor/prompt/confirm';

describe('a question about something that cannot be undone', () => {
  const question = { message: 'Revoke?', detail: 'Other tools lose their token.', yes: 'Revoke', no: 'Keep' };
  const askAndPress = async (button?: string) => {
    modals.length = 0;
    void presses.splice(0, Infinity, ...(button === undefined ? [] : [button]));
    return await confirm(question);
  };

  it('is a modal whose first button, which Enter presses, changes nothing', async () => {
    await askAndPress();
    assert.deepEqual(modals, [
      { message: 'Revoke?', detail: 'Other tools lose their token.', buttons: ['Keep', 'Revoke'] },
    ]);
  });

  it('is agreed to by its one button only', async () => {
    assert.equal(await askAndPress('Revoke'), true);
    assert.equal(await askAndPress('Keep'), false);
    assert.equal(await askAndPress(), false); // Escape, or VS Code's own Cancel
  });
});
