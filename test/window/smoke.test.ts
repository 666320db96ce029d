import assert from 'node:assert/strict';
import { closeWindows, Window } from './driver';

describe('the window', () => {
  let window: Window;

  before(async () => {
    window = await Window.open();
  });

  after(closeWindows);

  it('shows the extension in its status bar', async () => {
    const item = await window.untilStatusBar(/\S/);
    assert.match(item.id, /reltio-community\.reltio-auth\.reltioAuth\.session$/);
    assert.notEqual(item.spoken, '');
  });

  it('offers its commands in the palette', async () => {
    await window.runCommand('Reltio: Show Log');
  });

  it('is there again after a reload', async () => {
    await window.reload();
    await window.untilStatusBar(/\S/);
  });
});
