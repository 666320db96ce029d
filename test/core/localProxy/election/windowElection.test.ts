import assert from 'node:assert/strict';
import { Failure } from '../../../../src/core/base/failure';
import { FakeMachine, type FakeWindow } from '../../../fakes/fakeMachine';

const port = 4711;

describe('the election of the window that listens', () => {
  let machine: FakeMachine;

  beforeEach(() => {
    machine = new FakeMachine();
  });

  const kinds = () => machine.windows.map(({ kind }) => kind);
  const pass = (seconds: number) => machine.clock.pass(seconds * 1_000);

  it('does nothing while the proxy is off: no timer, no look at the file', async () => {
    machine.window();
    await pass(60);
    assert.deepEqual([machine.clock.waiting, machine.file.uses], [0, 0]);
  });

  it('listens where it was started', async () => {
    const [window] = await machine.started(0);
    const since = machine.clock.now();
    assert.deepEqual(window?.election.status, { kind: 'here', port, since });
    const { listener, ...state } = window.election.shared;
    assert.deepEqual(state, { agreed: true, wanted: true, port, account: 'jane' });
    assert.equal(listener?.pid, 1);
    await pass(10);
    assert.deepEqual([window.servers, machine.clock.waiting], [[`+${port}`], 1]);
    assert.ok((machine.file.time ?? 0) >= machine.clock.now() - 2_000, 'touched in the last two seconds');
    assert.equal(machine.file.writes, 1, 'and not written again');
  });

  it('reports changes only', async () => {
    const [first, second] = await machine.started();
    const events = [first?.events, second?.events];
    await pass(20);
    assert.deepEqual([first?.events, second?.events], events);
  });

  for (const [how, leave] of [
    ['is closed', (window: FakeWindow) => window.election.close()],
    ['is killed', (window: FakeWindow) => Promise.resolve(window.kill())],
  ] as const) {
    it(`goes to another window within a second when the one that listens ${how}, at the same port`, async () => {
      const [first, second, third] = await machine.started(2);
      await pass(5);
      assert.deepEqual(kinds(), ['here', 'elsewhere', 'elsewhere']);
      await leave(first as FakeWindow);
      await pass(1);
      assert.deepEqual([second?.kind, third?.kind, second?.port, third?.port], ['here', 'elsewhere', port, port]);
      assert.equal(machine.file.state.account, 'jane', 'which keeps its account');
      await pass(20);
      assert.deepEqual([second?.kind, third?.kind], ['here', 'elsewhere']);
    });
  }

  it('closes with a grace, at once, even while it looks for a port, and touches the file for a reload', async () => {
    const [window] = await machine.started(0);
    await pass(5);
    await window?.election.close();
    assert.deepEqual([window?.servers.at(-1), machine.file.time], [`-${port} 3000`, machine.clock.now()]);
    const slow = machine.window();
    slow.listenTakes = 500;
    const joining = slow.election.join();
    await machine.clock.pass(200);
    await slow.election.close();
    await machine.clock.finish(joining);
    await pass(5);
    assert.deepEqual([slow.servers, slow.kind, machine.clock.waiting], [[`+${port}`, `-${port} 0`], 'off', 0]);
  });

  it('is not started for somebody who had agreed, and has stopped it since', async () => {
    const [first] = await machine.started(0);
    const late = machine.window();
    await first?.election.stop();
    await late.election.start('jane', 'before');
    await pass(5);
    assert.deepEqual([kinds(), machine.file.state.agreed, late.servers], [['off', 'off'], false, []]);
    await late.election.start('jane');
    await first?.election.start('omar', 'before');
    assert.deepEqual([kinds(), machine.file.state.account], [['elsewhere', 'here'], 'omar']);
  });

  it('leaves no server behind where it cannot take part', async () => {
    const [first] = await machine.started(0);
    first?.kill();
    const late = machine.window();
    const { change } = machine.file;
    machine.file.change = () => Promise.reject(new Failure('windowOutdated'));
    await assert.rejects(late.election.join());
    machine.file.change = change;
    await pass(5);
    assert.deepEqual([late.kind, late.servers], ['off', [`+${port}`, `-${port} 0`]]);
  });

  it('changes nothing but the account when it is started again, in any window', async () => {
    const [first, second] = await machine.started();
    const late = machine.window();
    for (const window of [second as FakeWindow, late, first as FakeWindow]) {
      const before = machine.file.state;
      await window.election.start(`account of ${window.pid}`);
      assert.deepEqual(machine.file.state, { ...before, account: `account of ${window.pid}` });
    }
    assert.deepEqual(kinds(), ['here', 'elsewhere', 'elsewhere']);
    assert.deepEqual([first?.servers, second?.servers, late.servers], [[`+${port}`], [], []]);
  });

  it('records the account that a window reports while the proxy is on, and no missing one', async () => {
    const late = machine.window();
    await late.election.useAccount('jane');
    assert.equal(machine.file.uses, 0);
    const [, first, second] = [late, ...(await machine.started()).slice(1)];
    await second?.election.useAccount('omar');
    await first?.election.useAccount(undefined);
    assert.equal(machine.file.state.account, 'omar');
    await first?.election.useAccount('jane');
    assert.equal(machine.file.state.account, 'jane');
    const { writes } = machine.file;
    await first?.election.useAccount('jane');
    assert.equal(machine.file.writes, writes);
  });

  for (const stopping of [0, 1]) {
    it(`stops in all windows within a second, wherever it is stopped (window ${stopping + 1})`, async () => {
      const windows = await machine.started(2);
      await windows[stopping]?.election.stop();
      await pass(1);
      assert.deepEqual(kinds(), ['off', 'off', 'off']);
      assert.deepEqual(windows[0]?.servers.at(-1), `-${port} 0`);
      assert.deepEqual(machine.file.state, { agreed: false, wanted: false, port, account: 'jane' });
      assert.ok(windows.every(({ election }) => !election.shared.agreed));
      const { uses } = machine.file;
      await pass(60);
      assert.deepEqual([machine.clock.waiting, machine.file.uses], [0, uses], 'then nothing runs');
      await windows[1]?.election.start('jane');
      assert.deepEqual([windows[1]?.kind, windows[1]?.port], ['here', port], 'and it starts at the same port');
    });
  }

  it('stops to listen before it waits for the lock', async () => {
    const [window] = await machine.started(0);
    machine.file.lockTakes = 4_000;
    const stopping = window?.election.stop();
    assert.equal(machine.ports.size, 0);
    await machine.clock.finish(stopping as Promise<void>);
    assert.equal(window?.kind, 'off');
  });

  it('stops in all windows when the file is removed', async () => {
    await machine.started();
    await machine.file.remove();
    await pass(1);
    assert.deepEqual([kinds(), machine.ports.size, machine.clock.waiting], [['off', 'off'], 0, 0]);
  });

  it('stays off when it was stopped while a window bound the port', async () => {
    const [first, second] = await machine.started();
    first?.kill();
    if (second !== undefined) {
      second.listenTakes = 500;
    }
    await machine.clock.pass(1_100);
    machine.file.state = { ...machine.file.state, agreed: false, wanted: false };
    const { writes } = machine.file;
    await pass(2);
    assert.equal(machine.file.writes, writes);
    assert.deepEqual([second?.kind, machine.ports.size, second?.servers], ['off', 0, [`+${port}`, `-${port} 0`]]);
  });

  for (const [name, age, wanted, joins] of [
    ['a reload', 2_000, true, true],
    ['half a minute ago', 30_000, true, true],
    ['yesterday', 86_400_000, true, false],
    ['a clock that was set back by an hour', -3_600_000, true, false],
    ['a stop', 2_000, false, false],
    ['never', undefined, true, false],
  ] as const) {
    it(`joins, or does not: ${name}`, async () => {
      const window = machine.window();
      machine.file.state = { agreed: true, wanted, port, account: 'jane' };
      machine.file.time = age === undefined ? undefined : machine.clock.now() - age;
      await window.election.join();
      assert.deepEqual([window.kind, machine.clock.waiting], joins ? ['here', 1] : ['off', 0]);
      assert.equal(window.election.shared.account, 'jane', 'it knows the state in any case');
    });
  }

  it('gives two windows that start it at the same time one port', async () => {
    const [one, other] = [machine.window(), machine.window()];
    one.listenTakes = 300;
    await machine.clock.finish(Promise.all([one.election.start('jane'), other.election.start('omar')]));
    await pass(5);
    assert.deepEqual([kinds(), one.port, other.port, machine.ports.size], [['here', 'elsewhere'], port, port, 1]);
  });

  it('goes on after a sleep of the machine, and whatever its clock is set to', async () => {
    const windows = await machine.started();
    await pass(5);
    for (const hours of [8, -24, 1]) {
      machine.clock.set(machine.clock.now() + hours * 3_600_000);
      await pass(1);
      assert.deepEqual(kinds(), ['here', 'elsewhere'], `${hours} h`);
      assert.equal(machine.clock.waiting, 2, 'each window looks once a second');
    }
    await pass(30);
    assert.deepEqual(
      [kinds(), windows.map(({ servers }) => servers)],
      [
        ['here', 'elsewhere'],
        [[`+${port}`], []],
      ],
    );
  });

  it('waits for a window that is suspended, says so, and never takes another port meanwhile', async () => {
    const [first, second] = await machine.started();
    await pass(4);
    first?.suspend();
    await pass(6);
    assert.equal(second?.kind, 'elsewhere', 'it may be busy');
    await pass(4);
    assert.deepEqual(second?.election.status, { kind: 'portTaken', port, stuck: true });
    await assert.rejects(second.election.start('jane'), { code: 'localProxyStuck', port });
    await pass(600);
    first?.resume();
    await pass(3);
    assert.deepEqual([kinds(), first?.port, second.port], [['here', 'elsewhere'], port, port]);
    assert.deepEqual([first?.servers, second.servers], [[`+${port}`], []]);
  });

  it('stops a suspended window as soon as it goes on', async () => {
    const [first, second] = await machine.started();
    first?.suspend();
    await second?.election.stop();
    await pass(5);
    assert.equal(machine.ports.get(port), 1);
    first?.resume();
    await pass(1);
    assert.deepEqual([kinds(), machine.ports.size], [['off', 'off'], 0]);
  });

  it('ends with one port if a window was suspended while another one moved', async () => {
    const [first, second] = await machine.started();
    await pass(4);
    first?.suspend();
    machine.file.state = { ...machine.file.state, port: 5000 };
    await pass(1);
    assert.deepEqual([second?.kind, second?.port], ['here', 5000]);
    first?.resume();
    await pass(2);
    assert.deepEqual([kinds(), [...machine.ports]], [['elsewhere', 'here'], [[5000, 2]]]);
  });

  it('waits for a window that has bound the port and could not say so yet', async () => {
    machine.file.state = { agreed: true, wanted: true, port, account: 'jane' };
    machine.file.time = machine.clock.now();
    machine.file.lockTakes = 4_000;
    const [first, second] = [machine.window(), machine.window()];
    void first.election.join();
    await pass(1);
    void second.election.join();
    await pass(2);
    assert.equal(second.kind, 'waiting');
    await pass(5);
    assert.deepEqual([kinds(), first.port, second.servers], [['here', 'elsewhere'], port, []]);
  });

  it('leaves a port that it has bound if the others have moved meanwhile', async () => {
    const [first, second] = await machine.started();
    first?.kill();
    machine.file.lockTakes = 500;
    await machine.clock.pass(1_200);
    assert.deepEqual(second?.servers, [`+${port}`]);
    machine.file.state = { ...machine.file.state, port: 5000 };
    await machine.clock.pass(500);
    assert.deepEqual(second.servers, [`+${port}`, `-${port} 3000`]);
    await pass(3);
    assert.deepEqual([second.kind, second.port, machine.ports.size], ['here', 5000, 1]);
  });

  for (const setting of [port, 0]) {
    const where = setting === 0 ? 'takes another port' : 'waits for its port';
    it(`${where} if another program was faster, and says that the program may know the key`, async () => {
      machine.setting = setting;
      const [first, second, third] = await machine.started(2);
      await pass(4);
      first?.kill();
      machine.ports.set(port, 'program');
      machine.file.lockTakes = 300; // both find it gone before one of them has moved
      await pass(5);
      assert.equal(second?.kind, 'elsewhere', 'a third window may have been faster');
      await pass(6);
      if (setting === port) {
        assert.deepEqual(second.election.status, { kind: 'portTaken', port });
        assert.equal(machine.file.state.listener, undefined);
        await pass(60);
        assert.ok((machine.file.time ?? 0) >= machine.clock.now() - 2_000, 'a window that opens takes part');
        const late = machine.window();
        await late.election.join();
        await pass(10);
        assert.deepEqual(late.election.status, { kind: 'portTaken', port });
        late.kill();
        third?.kill();
        machine.ports.delete(port);
        await pass(1);
      } else {
        assert.deepEqual([third?.kind, third?.port], ['elsewhere', port + 1], 'they move once');
      }
      const now = setting === port ? port : port + 1;
      assert.deepEqual([second.kind, second.port, 'exposedOn' in second.election.status], ['here', now, true]);
      assert.equal(machine.file.state.port, now);
      second.election.endConnections();
      assert.deepEqual(['exposedOn' in second.election.status, second.servers.at(-1)], [false, `cut ${now}`]);
    });
  }

  for (const { setting, last, has, code, then } of [
    { setting: 0, last: undefined, has: undefined, code: 'EADDRINUSE', then: 'here 4711' },
    { setting: 0, last: 6000, has: undefined, code: 'EADDRINUSE', then: 'here 6000' },
    { setting: 0, last: 6000, has: 'program', code: 'EADDRINUSE', then: 'here 4711 exposed' },
    { setting: 0, last: 6000, has: 'reserved', code: 'EACCES', then: 'here 4711 exposed' },
    { setting: 6000, last: undefined, has: undefined, code: 'EADDRINUSE', then: 'here 6000' },
    { setting: 6000, last: 5000, has: undefined, code: 'EADDRINUSE', then: 'here 6000' },
    { setting: 6000, last: 5000, has: 'program', code: 'EADDRINUSE', then: 'portTaken 6000' },
    { setting: 6000, last: 6000, has: 'program', code: 'EADDRINUSE', then: 'portTaken 6000' },
    { setting: 6000, last: 6000, has: 'reserved', code: 'EACCES', then: 'portTaken 6000' },
  ] as const) {
    it(`starts with setting ${setting}, last port ${last}, port 6000 of ${has ?? 'nobody'}: ${then}`, async () => {
      machine.setting = setting;
      machine.file.state = { agreed: false, wanted: false, port: last, account: undefined };
      if (has !== undefined) {
        machine.ports.set(6000, has);
      }
      const window = machine.window();
      const starting = window.election.start('jane');
      await (then.startsWith('here')
        ? starting
        : assert.rejects(starting, { code: 'localProxyPortTaken', port: 6000 }));
      const exposed = 'exposedOn' in window.election.status ? ' exposed' : '';
      assert.equal(`${window.kind} ${window.port}${exposed}`, then);
      assert.ok(machine.file.state.agreed && machine.file.state.wanted);
      await pass(20);
      assert.equal(`${window.kind} ${window.port}${exposed}`, then);
      machine.ports.delete(6000);
      await pass(1);
      assert.equal(window.kind, 'here', `once nobody has it (${code})`);
    });
  }

  it('takes no other port when it cannot listen for another reason', async () => {
    const [first, second] = await machine.started();
    first?.kill();
    machine.failsWith = 'EMFILE';
    await pass(30);
    assert.deepEqual([machine.file.state.port, second?.kind], [port, 'waiting']);
    machine.failsWith = undefined;
    await pass(1);
    assert.deepEqual([second?.kind, second?.port], ['here', port]);
  });

  it('says why it cannot start, and tries again', async () => {
    const window = machine.window();
    machine.file.state = { ...machine.file.state, port };
    machine.failsWith = 'EMFILE';
    await assert.rejects(window.election.start('jane'), { code: 'localProxyPortTaken', nodeCode: 'EMFILE' });
    await pass(5);
    assert.deepEqual([window.kind, 'exposedOn' in window.election.status], ['waiting', false]);
    machine.failsWith = undefined;
    await pass(1);
    assert.deepEqual([window.kind, window.port, 'exposedOn' in window.election.status], ['here', port, false]);
  });

  it('goes on looking when a look fails, and logs that once', async () => {
    const [window] = await machine.started(0);
    const { read } = machine.file;
    machine.file.read = () => Promise.reject(new Error('unexpected'));
    await pass(30);
    assert.equal(window?.log.lines.filter(({ level }) => level === 'warn').length, 1);
    machine.file.read = read;
    await machine.file.remove();
    await pass(1);
    assert.equal(window?.kind, 'off');
  });

  it('moves to the port of the settings when that changes, and back to none of them', async () => {
    const [first, second] = await machine.started();
    machine.setting = 6000;
    await pass(2);
    assert.deepEqual([kinds(), first?.port, second?.port], [['here', 'elsewhere'], 6000, 6000]);
    assert.deepEqual(first?.servers, [`+${port}`, '+6000', `-${port} 3000`], 'there is no moment without a server');
    assert.ok(!('exposedOn' in first.election.status));
    machine.setting = 0;
    await pass(5);
    assert.equal(first.port, 6000);
  });

  it('tries the new port of the settings again each second if another program has it', async () => {
    const [first, second] = await machine.started();
    machine.setting = 6000;
    machine.ports.set(6000, 'program');
    await pass(12);
    assert.deepEqual([kinds(), first?.port, second?.port], [['portTaken', 'portTaken'], 6000, 6000]);
    machine.ports.delete(6000);
    await pass(1);
    assert.deepEqual([kinds().toSorted(), first?.port, second?.port], [['elsewhere', 'here'], 6000, 6000]);
  });

  describe('with windows that may not listen', () => {
    it('does not start there', async () => {
      const window = machine.window(false);
      await assert.rejects(window.election.start('jane'), { code: 'workspaceNotTrusted' });
      assert.deepEqual([window.kind, machine.file.uses], ['off', 0]);
    });

    it('follows there, and says when nobody listens any more', async () => {
      const [first] = await machine.started(0);
      const restricted = machine.window(false);
      await restricted.election.join();
      await pass(3);
      assert.equal(restricted.kind, 'elsewhere');
      await first?.election.close();
      await pass(12);
      assert.deepEqual([restricted.election.status, machine.ports.size], [{ kind: 'waiting', port }, 0]);
      await pass(60);
      const trusted = machine.window();
      await trusted.election.join();
      await pass(1);
      assert.deepEqual([trusted.kind, restricted.kind, trusted.port], ['here', 'elsewhere', port]);
      assert.deepEqual(restricted.servers, []);
    });

    it('listens once the workspace is trusted, and stops to when it no longer is', async () => {
      const [first, second] = await machine.started();
      if (first !== undefined && second !== undefined) {
        first.mayListen = false;
        await pass(2);
        assert.deepEqual(kinds(), ['elsewhere', 'here']);
        first.mayListen = true;
        second.kill();
        await pass(1);
        assert.equal(first.kind, 'here');
      }
    });
  });
});
