import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock as clock } from '../../../../src/core/base/clock';
import { LocalProxyFile } from '../../../../src/core/localProxy/election/localProxyFile';
import { neverStarted, type SharedState } from '../../../../src/core/localProxy/sharedState';
import type { Lock } from '../../../../src/core/locking/lock';
import { noLock } from '../../../../src/core/locking/noLock';
import { windowLock } from '../../../../src/core/locking/windowLock';
import { RecordingLog } from '../../../fakes/recordingLog';

const started: SharedState = { agreed: true, wanted: true, port: 4711, account: 'jane', listener: { id: 'a', pid: 7 } };

describe('the file of the local proxy', () => {
  let root: string;
  let folder: string;
  let path: string;
  let log: RecordingLog;

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'reltio-proxy-'));
    folder = join(root, 'storage'); // not made yet
    path = join(folder, 'local-proxy.json');
    log = new RecordingLog();
  });
  afterEach(() => {
    rmSync(root, { recursive: true, force: true });
  });

  const open = (lock: Lock = noLock, inFolder: string | undefined = folder) =>
    new LocalProxyFile({ folder: inFolder, lock, clock, log });
  const put = (content: string) => {
    mkdirSync(folder, { recursive: true });
    writeFileSync(path, content);
  };

  it('is what another window reads, and readable by this user only', async () => {
    assert.deepEqual([await open().read(), await open().age()], [neverStarted, undefined]);
    assert.deepEqual(await open().change(() => started), started);
    assert.deepEqual(await open().read(), started);
    assert.equal(statSync(path).mode & 0o777, 0o600);
    assert.deepEqual(Object.keys(JSON.parse(readFileSync(path, 'utf8')) as object).toSorted(), [
      'account',
      'agreed',
      'listener',
      'port',
      'version',
      'wanted',
    ]);
  });

  it('writes nothing that is not new, and makes no file for a touch', async () => {
    await open().touch();
    await open().change((state) => ({ ...state }));
    assert.throws(() => statSync(path));
  });

  it('remembers when a window last followed', async () => {
    await open().change(() => started);
    utimesSync(path, 0, 0);
    assert.ok(((await open().age()) ?? 0) > 1e12);
    await open().touch();
    assert.ok(Math.abs((await open().age()) ?? Infinity) < 5_000);
    assert.equal(await open().touchedAt(), statSync(path).mtimeMs);
  });

  for (const content of [
    '',
    'null',
    '[]',
    '{',
    '{}',
    '{"version":1}',
    '{"version":1,"agreed":1,"wanted":true}',
    '\0',
    '{"version":0}',
  ]) {
    it(`is as before the first start if it is damaged, and repaired: ${JSON.stringify(content)}`, async () => {
      put(content);
      assert.deepEqual(await open().read(), neverStarted);
      await open().change((state) => ({ ...state, agreed: true, wanted: true }));
      assert.deepEqual(await open().read(), { ...neverStarted, agreed: true, wanted: true });
    });
  }

  it('is as it was last read if it is damaged later, so that a running proxy goes on', async () => {
    const file = open();
    await file.change(() => started);
    put('');
    assert.deepEqual(await file.read(), started);
    await file.change((state) => ({ ...state, account: 'omar' }));
    assert.equal((await open().read()).account, 'omar');
  });

  it('stops a running proxy although a window that only knows the damaged file stops it', async () => {
    const running = open();
    await running.change(() => started);
    put('damaged');
    await open().change((state) => ({ ...state, agreed: false, wanted: false }));
    assert.deepEqual(await running.read(), neverStarted);
  });

  it('leaves out what cannot be', async () => {
    put(
      JSON.stringify({
        version: 1,
        agreed: false,
        wanted: true,
        port: 70_000,
        account: 3,
        listener: { id: 'a', pid: -1 },
        more: 1,
      }),
    );
    assert.deepEqual(await open().read(), neverStarted);
  });

  it('is left alone if a newer version of the extension wrote it', async () => {
    put('{"version":2,"agreed":true,"wanted":true}');
    assert.deepEqual(await open().read(), neverStarted);
    await assert.rejects(
      open().change(() => started),
      { code: 'windowOutdated' },
    );
    assert.equal(readFileSync(path, 'utf8'), '{"version":2,"agreed":true,"wanted":true}');
  });

  it('is removed in all windows', async () => {
    const [one, other] = [open(), open()];
    await one.change(() => started);
    assert.deepEqual(await other.read(), started);
    await one.remove();
    await one.touch();
    assert.deepEqual(
      [await one.read(), await other.read(), await other.age()],
      [neverStarted, neverStarted, undefined],
    );
  });

  it('follows no link', async () => {
    mkdirSync(folder);
    const precious = join(root, 'precious');
    writeFileSync(precious, JSON.stringify({ version: 1, ...started }));
    utimesSync(precious, 0, 0);
    symlinkSync(precious, path);
    assert.deepEqual(await open().read(), neverStarted);
    await open().touch();
    await open().change((state) => ({ ...state, account: 'omar' }));
    assert.deepEqual(
      [statSync(precious).mtimeMs, JSON.parse(readFileSync(precious, 'utf8'))],
      [0, { version: 1, ...started }],
    );
    assert.equal((await open().read()).account, 'omar');
  });

  for (const [name, block, unblock] of [
    [
      'there is a folder of its name',
      () => {
        mkdirSync(join(path, 'x'), { recursive: true });
      },
      () => {
        rmSync(path, { recursive: true });
      },
    ],
    [
      'its folder cannot be made',
      () => {
        writeFileSync(folder, '');
      },
      () => {
        rmSync(folder);
      },
    ],
  ] as const) {
    it(`is that of this window alone while ${name}`, async () => {
      const file = open();
      block();
      await file.change(() => started);
      await file.change((state) => ({ ...state, account: 'omar' }));
      const own = { ...started, account: 'omar' };
      assert.deepEqual([await file.read(), await open().read()], [own, neverStarted]);
      await file.touch();
      assert.ok(Math.abs((await file.age()) ?? Infinity) < 5_000);
      assert.match(log.text, /not known to other windows/);
      unblock();
      const other = open();
      await other.change(() => ({ ...started, account: 'from another window' }));
      assert.equal((await file.read()).account, 'from another window', 'once others can write, theirs counts');
    });
  }

  it('is that of this window alone where there is no file system', async () => {
    const file = new LocalProxyFile({ folder: undefined, lock: noLock, clock, log });
    assert.deepEqual([await file.read(), await file.age()], [neverStarted, undefined]);
    await file.change(() => started);
    assert.deepEqual(await file.read(), started);
    await file.touch();
    assert.ok(((await file.age()) ?? Infinity) < 5_000);
    await file.remove();
    assert.deepEqual([await file.read(), log.lines], [neverStarted, []]);
  });

  it('loses no change of windows that change it at the same time', async () => {
    const random = { id: randomUUID, fraction: Math.random };
    const files = [1, 2, 3].map(() => open(windowLock(join(root, 'locks'), clock, random, log)));
    await Promise.all(files.map((file) => file.change((state) => ({ ...state, account: `${state.account ?? ''}x` }))));
    assert.equal((await open().read()).account, 'xxx');
  });

  it('changes again what it changed when it had lost the lock', async () => {
    let losses = 1;
    const lossy: Lock = {
      acquire: () =>
        Promise.resolve({ isHeld: () => Promise.resolve(losses-- <= 0), release: () => Promise.resolve() }),
    };
    let calls = 0;
    await open(lossy).change((state) => ({ ...state, account: `${(calls += 1)}` }));
    assert.deepEqual([calls, (await open().read()).account], [2, '2']);
  });

  it('releases the lock when the change fails', async () => {
    let isReleased = false;
    const lock: Lock = {
      acquire: () =>
        Promise.resolve({
          isHeld: () => Promise.resolve(true),
          release: () => {
            isReleased = true;
            return Promise.resolve();
          },
        }),
    };
    await assert.rejects(open(lock).change(() => Promise.reject(new Error('no'))));
    assert.ok(isReleased);
  });

  it('goes on reading while its folder is locked', async function () {
    if (process.platform === 'win32' || process.getuid?.() === 0) {
      return; // nothing is locked for this user
    }
    const file = open();
    await file.change(() => started);
    chmodSync(folder, 0o500);
    assert.deepEqual(await file.read(), started);
    chmodSync(folder, 0o700);
  });
});
