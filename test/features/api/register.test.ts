import { commandHandlers } from '../../fakes/fakeVscode';
import assert from 'node:assert/strict';
import type * as vscode from 'vscode';
import { unlistedCommands } from '../../../src/editor/commandIds';
import { register } from '../../../src/features/api/register';
import { activationEvents } from '../../../package.json';
import { fakeHost } from '../../fakes/fakeHost';
import { Installation, type TestCore } from '../../fakes/installation';

const api = ['reltioAuth.api.v1.activeAccount', 'reltioAuth.api.v1.environments', 'reltioAuth.api.v1.explain'];
const run = async (id: string, ...argument: readonly unknown[]) =>
  (await commandHandlers.get(id)?.(...argument)) as object;

describe('the commands for other extensions', () => {
  let core: TestCore;
  let registered: vscode.Disposable | undefined;
  beforeEach(() => {
    core = new Installation().alone().openCore();
  });
  afterEach(() => {
    registered?.dispose();
  });

  it('activate the extension, because an extension may run one before it has started', () => {
    for (const id of unlistedCommands) {
      assert.ok((activationEvents as readonly string[]).includes(`onCommand:${id}`), id);
    }
  });

  it('answer whatever the argument is, with JSON', async () => {
    registered = register(core.real, fakeHost(core));
    assert.deepEqual([...commandHandlers.keys()].sort(), api);
    const trap: unknown = new Proxy(() => undefined, {
      get: () => {
        throw new Error('a trap');
      },
    });
    for (const id of api) {
      for (const argument of [undefined, null, 0, '', 'a0', [], {}, { status: {} }, { body: 10n }, trap]) {
        const answer = await run(id, argument, argument);
        assert.deepEqual(JSON.parse(JSON.stringify(answer)), answer);
      }
    }
    assert.deepEqual(await run('reltioAuth.api.v1.explain'), {
      kind: 'unknown',
      message: 'Too little is known about this call.',
      nextStep: 'Run "Reltio: Diagnose Sign-In" to check the way to Reltio.',
    });
    registered?.dispose();
    assert.equal(commandHandlers.size, 0);
  });

  it('answer after an update, too, while the window needs a reload', async () => {
    const gone = Object.assign(new Error('Cannot find module /home/jane/x.js'), { code: 'MODULE_NOT_FOUND' });
    const noticed: unknown[] = [];
    const outdated = Object.create(core.real, {
      sessions: {
        get: () => {
          throw gone;
        },
      },
    }) as TestCore['real'];
    registered = register(outdated, fakeHost(core, { noticeOutdated: (error) => noticed.push(error) }));
    for (const id of api) {
      const answer = JSON.stringify(await run(id, { status: 401 }));
      assert.match(answer, /[Rr]eload/);
      assert.doesNotMatch(answer, /jane/);
    }
    assert.deepEqual(noticed, [gone, gone, gone]);
  });
});
