import { commandHandlers } from '../../../fakes/fakeVscode';
import assert from 'node:assert/strict';
import { tokenAccess } from '../../../../src/features/handoff/access/tokenAccess';
import { fakeHost } from '../../../fakes/fakeHost';
import { Installation } from '../../../fakes/installation';

describe('the token access of a workspace', () => {
  const sent: string[] = [];
  beforeEach(() => {
    sent.length = 0;
    commandHandlers.set('setContext', (key, value) => sent.push(`${String(key)} ${String(value)}`));
  });
  afterEach(() => {
    commandHandlers.delete('setContext');
  });

  it('ticks off the walkthrough when a program has got a token, and not when it only asked', async () => {
    const core = new Installation().alone().openCore();
    const { tokens } = tokenAccess(core.real, fakeHost(core));
    await assert.rejects(tokens.fresh({}));
    await core.holds();
    await tokens.find({});
    assert.deepEqual(sent, []);
    await tokens.fresh({});
    await tokens.fresh({});
    assert.deepEqual(sent, ['reltioAuth.tokenGiven true']);
  });
});
