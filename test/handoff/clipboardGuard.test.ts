import assert from 'node:assert/strict';
import { ClipboardGuard } from '../../src/handoff/clipboardGuard';
import { FakeClock } from '../sessions/fakeClock';

describe('a copied token', () => {
  const clock = new FakeClock();
  let content: string;
  let seconds: number;
  const guard = (canClear = true): ClipboardGuard =>
    new ClipboardGuard({
      clipboard: {
        readText: () => Promise.resolve(content),
        writeText: (text) => {
          content = text;
          return Promise.resolve();
        },
      },
      clock,
      clearAfter: () => seconds,
      canClear,
    });
  beforeEach(() => {
    content = '';
    seconds = 60;
  });

  it('leaves the clipboard after the time that was told', async () => {
    assert.equal(await guard().write('token'), 'leaves the clipboard in 60 s');
    await clock.pass(59_999);
    assert.equal(content, 'token');
    await clock.pass(1);
    assert.equal(content, '');
  });

  it('is left alone when the person has copied something else since', async () => {
    await guard().write('token');
    content = 'a recipe';
    await clock.pass(60_000);
    assert.equal(content, 'a recipe');
  });

  it('starts its time anew when it is copied again', async () => {
    const one = guard();
    await one.write('token');
    await clock.pass(40_000);
    await one.write('token');
    await clock.pass(40_000);
    assert.equal(content, 'token');
    await clock.pass(20_000);
    assert.equal(content, '');
  });

  it('stays where the person wants it or the clipboard cannot be cleared, and the message says so', async () => {
    seconds = 0;
    assert.equal(await guard().write('token'), 'stays on the clipboard');
    seconds = 60;
    assert.equal(await guard(false).write('token'), 'stays on the clipboard');
    await clock.pass(600_000);
    assert.equal(content, 'token');
  });

  it('leaves with the window', async () => {
    const one = guard();
    await one.write('token');
    await one.clear();
    assert.equal(content, '');
  });
});
