import { remote } from '../../../fakes/fakeVscode';
import assert from 'node:assert/strict';
import { giveToTerminals } from '../../../../src/features/handoff/terminal/terminalVariables';
import { FakeTerminalVariables } from '../../../fakes/fakeTerminalVariables';

const access = { folder: '/home/jane/bin', handle: 'handle', socket: '/run/user/1000/a.sock' };

describe('the variables of terminals', () => {
  let variables: FakeTerminalVariables;
  let inherited: NodeJS.ProcessEnv;
  const give = (given: typeof access | undefined, platform?: NodeJS.Platform): void => {
    giveToTerminals(variables.asCollection(), given, inherited, platform);
  };
  beforeEach(() => {
    variables = new FakeTerminalVariables();
    inherited = {};
  });
  afterEach(() => {
    delete remote.name;
  });

  it('put the command first, also after a profile that sets PATH anew', () => {
    give(access, 'linux');
    assert.deepEqual(variables.values, {
      PATH: '/home/jane/bin:',
      RELTIO_AUTH_HANDLE: 'handle',
      RELTIO_AUTH_SOCKET: '/run/user/1000/a.sock',
    });
    const path = variables.get('PATH');
    assert.equal(path?.kind, 'prepend');
    assert.deepEqual(path.options, { applyAtProcessCreation: true, applyAtShellIntegration: true });
    assert.deepEqual(variables.get('RELTIO_AUTH_HANDLE')?.options, { applyAtProcessCreation: true });
  });

  it('are left to the start of the shell on Windows, where Git Bash would break a path', () => {
    give({ ...access, folder: 'C:\\Users\\Jané\\bin' }, 'win32');
    assert.equal(variables.values['PATH'], 'C:\\Users\\Jané\\bin;');
    assert.deepEqual(variables.get('PATH')?.options, { applyAtProcessCreation: true });
  });

  it('change only where a value does: VS Code marks open terminals for a relaunch at each change', () => {
    give(access);
    give(access);
    assert.equal(variables.changes.length, 3);
    give({ ...access, socket: '/tmp/b.sock' });
    assert.deepEqual(variables.changes.slice(3), ['replace RELTIO_AUTH_SOCKET']);
  });

  it('are taken away at once, and only if they are there', () => {
    give(undefined);
    assert.deepEqual(variables.changes, []);
    give(access);
    give(undefined);
    assert.deepEqual([variables.values, variables.changes.at(-1)], [{}, 'clear']);
  });

  describe('in a window that has those of another one, from whose terminal it was opened', () => {
    const empty = { RELTIO_AUTH_HANDLE: '', RELTIO_AUTH_SOCKET: '' };
    beforeEach(() => {
      inherited = { RELTIO_AUTH_HANDLE: 'other', RELTIO_AUTH_SOCKET: '/run/user/1000/other.sock' };
    });

    it('are empty while this window gives none', () => {
      give(undefined);
      give(undefined);
      assert.deepEqual([variables.values, variables.changes.length], [empty, 2]);
    });

    it('are its own while it gives some, and empty again afterwards', () => {
      give(undefined);
      give(access);
      assert.deepEqual(
        Object.values(variables.values).sort(),
        Object.values(access)
          .map((value) => value.replace(/bin$/, 'bin:'))
          .sort(),
      );
      give(undefined);
      assert.deepEqual(variables.values, empty);
    });
  });

  it('are kept where a server of VS Code runs the terminals, and nowhere else', () => {
    give(access);
    assert.equal(variables.persistent, false);
    remote.name = 'wsl';
    give(access);
    assert.ok(variables.persistent);
  });
});
