import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { removeFolder, temporaryFolder } from '../../../scripts/process/folders';
import { systemClock } from '../../../src/core/base/clock';
import type { HistoryEntry } from '../../../src/core/history/entry';
import type { History } from '../../../src/core/history/history';
import { historyFile } from '../../../src/core/history/historyFile';
import type { Lock } from '../../../src/core/locking/lock';
import { windowLock } from '../../../src/core/locking/windowLock';
import { FakeRandom } from '../../fakes/fakeRandom';
import { monday } from '../../fakes/fakeClock';
import { RecordingLog } from '../../fakes/recordingLog';

const day = 24 * 3_600_000;

describe('the history file', () => {
  let folder: string;
  let path: string;
  let now: number;
  beforeEach(() => {
    folder = temporaryFolder('history');
    path = join(folder, 'history.jsonl');
    now = monday;
  });
  afterEach(() => {
    removeFolder(folder);
  });

  const open = (lock?: Lock): History =>
    historyFile({
      folder,
      lock: lock ?? windowLock(join(folder, 'locks'), systemClock, new FakeRandom(), new RecordingLog()),
      clock: { now: () => now },
      bootedAt: () => 5,
      inBrowser: false,
    });
  const entry = (session: string, at = now): HistoryEntry => ({ at, what: 'signedIn', session, account: 'jane' });
  const sessions = async (history = open()): Promise<readonly (string | undefined)[]> =>
    (await history.read()).filter(({ what }) => what !== 'read').map(({ session }) => session);

  it('keeps what was recorded, for every window, and ends with the reading itself', async () => {
    const history = open();
    history.record(entry('a'));
    history.record({ ...entry('b'), idle: 0.25, isFinal: true, code: 'timeout' });
    await history.settled();
    assert.deepEqual(await open().read(), [
      { ...entry('a'), bootedAt: 5 },
      { ...entry('b'), idle: 0.25, isFinal: true, code: 'timeout', bootedAt: 5 },
      { at: now, what: 'read', bootedAt: 5 },
    ]);
  });

  it('forgets what all windows have recorded, also what another one is writing again at that moment', async () => {
    const lock = windowLock(join(folder, 'locks'), systemClock, new FakeRandom(), new RecordingLog());
    const history = open(lock);
    history.record(entry('a'));
    await history.settled();
    const written = readFileSync(path, 'utf8');
    const held = await lock.acquire('history', 1_000);
    const forgotten = history.forget();
    await new Promise((resolve) => setTimeout(resolve, 50));
    writeFileSync(path, written);
    await held.release();
    await forgotten;
    assert.throws(() => statSync(path));
    history.record(entry('b'));
    assert.deepEqual(await sessions(history), ['b']);
  });

  it('forgets what a window had written when it was killed, too, and no other file', async () => {
    const draft = `${path}.0123456789abcdef.new`;
    const others = ['state.json.0123456789abcdef.new', 'history.jsonl.new', 'state.json'];
    [draft, ...others.map((name) => join(folder, name))].forEach((file) => {
      writeFileSync(file, JSON.stringify(entry('a')));
    });
    await open().forget();
    assert.deepEqual(
      readdirSync(folder).filter((name) => name !== 'locks'),
      others.toSorted(),
    );
  });

  it('is private, and does not exist before something happens', async () => {
    assert.deepEqual(await sessions(), []);
    assert.throws(() => statSync(path));
    const history = open();
    history.record(entry('a'));
    await history.settled();
    assert.equal(statSync(path).mode & 0o777, 0o600);
  });

  it('loses no line of several windows that write at once, also while it is shortened', async () => {
    writeFileSync(path, `${JSON.stringify(entry('old', now - 29 * day))}\n`);
    const windows = Array.from({ length: 6 }, () => open());
    windows.forEach((history, window) => {
      for (let number = 0; number < 5; number += 1) history.record(entry(`${window}.${number}`));
    });
    await Promise.all(windows.map((history) => history.settled()));
    const found = await sessions();
    assert.equal(new Set(found).size, 30);
    assert.ok(!readFileSync(path, 'utf8').includes('"old"'));
  });

  it('forgets after 28 days, on disk with the next line', async () => {
    const history = open();
    history.record(entry('a'));
    await history.settled();
    now += 28 * day + 1;
    assert.deepEqual(await sessions(), []);
    history.record(entry('b'));
    await history.settled();
    assert.deepEqual(await sessions(), ['b']);
    assert.equal(readFileSync(path, 'utf8').match(/"what"/g)?.length, 1);
  });

  it('is never larger than 64 KB, and keeps the latest', async () => {
    const history = open();
    for (let number = 0; number < 900; number += 1) history.record(entry(`number ${number}`));
    await history.settled();
    history.record(entry('last'));
    await history.settled();
    assert.ok(statSync(path).size <= 64_000, String(statSync(path).size));
    assert.equal((await sessions()).at(-1), 'last');
  });

  it('skips damaged and foreign lines, and a line that was written in part', async () => {
    const good = JSON.stringify(entry('good'));
    const bad = [
      '{"at":1',
      '[]',
      'null',
      '{"at":"1","what":"signedIn"}',
      '{"at":1e300,"what":"signedIn"}',
      `{"at":${now},"what":"toString"}`,
      `{"at":${now},"what":"read"}`,
      `{"at":${now},"what":"signedIn","session":7,"account":"${'x'.repeat(2_000)}","age":"1","code":"__proto__"}`,
    ];
    writeFileSync(path, `${bad.join('\n')}\n${good}\n${good.slice(0, 20)}`);
    const history = open();
    history.record(entry('next'));
    await history.settled();
    assert.deepEqual(await sessions(), [undefined, 'good', 'next']);
    const [first] = await open().read();
    assert.deepEqual(Object.keys(first ?? {}), ['at', 'what']);
    assert.equal((await open().read()).filter(({ what }) => what === 'read').length, 1);
  });

  it('only appends, and follows no link, in a window that has lost its lock', async () => {
    const lost: Lock = {
      acquire: () => Promise.resolve({ isHeld: () => Promise.resolve(false), release: () => Promise.resolve() }),
    };
    const torn = '{"torn';
    writeFileSync(path, torn);
    const history = open(lost);
    history.record(entry('a'));
    await history.settled();
    assert.ok(readFileSync(path, 'utf8').startsWith(torn));
    assert.deepEqual(await sessions(), ['a']);

    removeFolder(path);
    const target = join(folder, 'target');
    writeFileSync(target, 'untouched');
    symlinkSync(target, path);
    history.record(entry('b'));
    await history.settled();
    assert.equal(readFileSync(target, 'utf8'), 'untouched');
  });

  it('replaces a link and a file that is too large, and leaves a folder alone', async () => {
    const target = join(folder, 'target');
    writeFileSync(target, 'untouched');
    symlinkSync(target, path);
    const history = open();
    history.record(entry('a'));
    await history.settled();
    assert.equal(readFileSync(target, 'utf8'), 'untouched');
    assert.deepEqual(await sessions(), ['a']);

    removeFolder(path);
    mkdirSync(path);
    history.record(entry('a'));
    await history.settled();
    assert.deepEqual(await sessions(), []);

    removeFolder(path);
    writeFileSync(path, 'x'.repeat(2_000_000));
    assert.deepEqual(await sessions(), []);
    history.record(entry('b'));
    await history.settled();
    assert.deepEqual(await sessions(), ['b']);
    assert.ok(statSync(path).size < 1_000);
  });
});
