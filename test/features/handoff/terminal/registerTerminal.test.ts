import {
  grantTrust,
  lookAway,
  openTerminal,
  personalSettings,
  windowState,
  workspaceTrust,
} from '../../../fakes/fakeVscode';
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { Core } from '../../../../src/core/core';
import type { Host } from '../../../../src/editor/host';
import { keepUpToDate } from '../../../../src/features/handoff/terminal/registerTerminal';
import { settle } from '../../../fakes/fakeClock';
import { fakeHost } from '../../../fakes/fakeHost';
import { Installation, type TestCore } from '../../../fakes/installation';

describe('when terminals get reltio-token', () => {
  let core: TestCore;
  let loaded: () => void;
  let loads: number;
  let does: string[];
  let works: { closing: () => Promise<void>; forgetting: () => Promise<void> };
  let registered: vscode.Disposable;

  beforeEach(() => {
    workspaceTrust.isTrusted = true;
    core = new Installation().alone().openCore();
    loads = 0;
    does = [];
    const loading = new Promise<void>((resolve) => (loaded = resolve));
    const real: Core = { ...core.real, load: () => loading };
    const host: Host = fakeHost(core, {
      beforeClosing: (closing) => (works = { ...works, closing }),
      beforeForgetting: (forgetting) => (works = { ...works, forgetting }),
    });
    const work = (name: string) => (): Promise<void> => {
      does.push(name);
      return Promise.resolve();
    };
    registered = keepUpToDate(real, host, () => {
      loads += 1;
      return Promise.resolve({ update: work('update'), close: work('close'), forget: work('forget') });
    });
  });
  afterEach(() => {
    registered.dispose();
    Object.assign(windowState, { focused: true, active: true });
    personalSettings.clear();
  });
  const done = async (): Promise<readonly string[]> => {
    await settle();
    return does.splice(0);
  };

  it('is once the sessions are loaded; before that, nothing is', async () => {
    assert.deepEqual([await done(), loads], [[], 0]);
    loaded();
    assert.deepEqual([await done(), loads], [['update'], 1]);
  });

  it('is looked at again when anything changes that decides it', async () => {
    loaded();
    await done();
    grantTrust();
    assert.deepEqual(await done(), ['update'], 'trust');
    await vscode.workspace.getConfiguration().update('reltioAuth.terminal.command', false, 1);
    assert.deepEqual(await done(), ['update'], 'the setting');
    openTerminal();
    assert.deepEqual(await done(), ['update'], 'a terminal');
    lookAway(false, false);
    assert.deepEqual(await done(), []);
    lookAway(true, true);
    assert.deepEqual(await done(), ['update'], 'focus');
    await core.holds();
    assert.deepEqual(await done(), ['update'], 'a sign-in');
    assert.equal(loads, 1);
  });

  it('ends with the window, and loads nothing for that', async () => {
    await works.closing();
    assert.deepEqual([await done(), loads], [[], 0]);
    loaded();
    await done();
    await works.closing();
    assert.deepEqual(await done(), ['close']);
  });

  it('is forgotten, even before the sessions are loaded', async () => {
    await works.forgetting();
    assert.deepEqual(await done(), ['forget']);
  });
});
