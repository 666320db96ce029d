import assert from 'node:assert/strict';
import { FileLock } from '../../../src/core/locking/fileLock';
import { KeyStore, type KeyEvent } from '../../../src/core/localProxy/keyStore';
import { localProxyKey } from '../../../src/core/localProxy/storedNames';
import { FakeClock, settle } from '../../fakes/fakeClock';
import { FakeLockFolder } from '../../fakes/fakeLockFolder';
import { FakeRandom } from '../../fakes/fakeRandom';
import { FakeSecrets, type FakeSecretStore } from '../../fakes/fakeSecrets';
import { RecordingLog } from '../../fakes/recordingLog';

interface Window {
  readonly keys: KeyStore;
  readonly secrets: FakeSecretStore;
  readonly events: KeyEvent[];
  readonly close: () => void;
}

describe('the key of the local proxy', () => {
  let clock: FakeClock;
  let secrets: FakeSecrets;
  let folder: FakeLockFolder;
  let log: RecordingLog;

  beforeEach(() => {
    clock = new FakeClock();
    secrets = new FakeSecrets(clock);
    secrets.arrivesAfter = 300;
    folder = new FakeLockFolder(clock);
    log = new RecordingLog();
  });

  function window(): Window {
    const lock = new FileLock(folder, clock, new FakeRandom(), log);
    const own = secrets.open();
    const keys = new KeyStore({ secrets: own, lock, clock, log });
    const events: KeyEvent[] = [];
    return { keys, secrets: own, events, close: keys.watch((event) => events.push(event)) };
  }
  /** Without its mark, which is new each time. */
  const stored = () => secrets.values.get(localProxyKey)?.split(' ')[0];

  it('is made once and kept', async () => {
    const { keys, secrets: own } = window();
    assert.equal(keys.isKey(''), false);
    const key = await clock.finish(keys.get());
    assert.match(key, /^[\w-]{43}$/);
    assert.deepEqual([keys.isKey(key), keys.isKey(`${key}x`), keys.isKey('')], [true, false, false]);
    await clock.pass(5_000);
    assert.equal(stored(), key);
    const { length } = own.reads;
    assert.equal(await keys.get(), key);
    assert.equal(own.reads.length, length, 'and not read for each request');
    assert.equal(await clock.finish(window().keys.get()), key);
    assert.doesNotMatch(log.text, new RegExp(key));
  });

  it('is one for windows that make it at the same time', async () => {
    const windows = [window(), window(), window()];
    const keys = await clock.finish(Promise.all(windows.map((one) => one.keys.get())));
    await clock.pass(10_000);
    assert.deepEqual(new Set(keys), new Set([stored()]));
    assert.ok(windows.every((one) => one.keys.isKey(stored() ?? '')));
    assert.equal(clock.waiting, 0);
  });

  for (const value of ['', 'short', `${'a'.repeat(43)}\n x`, ' x', 'a'.repeat(43), '{}']) {
    it(`is made again if what is stored is none: ${JSON.stringify(value)}`, async () => {
      secrets.put(localProxyKey, value);
      const { keys } = window();
      const key = await clock.finish(keys.get());
      assert.deepEqual([keys.isKey(value), keys.isKey(key)], [false, true]);
    });
  }

  it('is replaced here at once, and elsewhere when the secret storage reports it', async () => {
    const [one, other] = [window(), window()];
    const old = await clock.finish(one.keys.get());
    await clock.pass(2_000);
    await other.keys.get();
    other.events.length = 0;
    await clock.finish(one.keys.replace());
    assert.deepEqual([one.keys.isKey(old), one.events.at(-1)], [false, 'changed']);
    await clock.pass(400);
    const now = await one.keys.get();
    assert.notEqual(now, old);
    assert.deepEqual([other.keys.isKey(old), other.keys.isKey(now), other.events], [false, true, ['changed']]);
  });

  it('is not brought back by a start at the same time', async () => {
    const [one, other] = [window(), window()];
    const old = await clock.finish(one.keys.get());
    await clock.pass(5_000);
    await other.keys.get();
    await clock.finish(Promise.all([one.keys.replace(), other.keys.announce()]));
    await clock.pass(5_000);
    assert.notEqual(stored(), old);
    assert.ok([one, other].every(({ keys }) => keys.isKey(stored() ?? '') && !keys.isKey(old)));
  });

  it('is stored again by a start, which all windows notice and none but its users reads', async () => {
    const [one, other] = [window(), window()];
    const key = await clock.finish(one.keys.get());
    await clock.pass(5_000);
    other.events.length = 0;
    const before = secrets.values.get(localProxyKey);
    await clock.finish(one.keys.announce());
    await clock.pass(400);
    assert.notEqual(secrets.values.get(localProxyKey), before, 'VS Code may not report what is equal');
    assert.deepEqual([stored(), other.events, other.secrets.reads], [key, ['stored'], []]);
  });

  it('gives nobody access when it was forgotten', async () => {
    const [one, other] = [window(), window()];
    const key = await clock.finish(one.keys.get());
    await clock.pass(5_000);
    await other.keys.get();
    await clock.finish(other.keys.forget());
    await clock.pass(1_500);
    assert.deepEqual([stored(), one.keys.isKey(key), other.keys.isKey(key)], [undefined, false, false]);
    assert.ok(one.events.at(-1) === 'changed' && other.events.includes('changed'));
  });

  it('does not come back as an old one that the secret storage reads too late', async () => {
    const { keys, secrets: own } = window();
    const old = await clock.finish(keys.get());
    await clock.pass(5_000);
    const before = await own.get(localProxyKey);
    const { get } = own;
    let answer: (text: string | undefined) => void = () => undefined;
    own.get = () => new Promise((resolve) => (answer = resolve));
    secrets.announce(localProxyKey);
    await clock.pass(6_000);
    own.get = get;
    await clock.finish(keys.replace());
    answer(before);
    await clock.pass(10);
    assert.ok(!keys.isKey(old));
    await clock.pass(1_000);
    assert.deepEqual([keys.isKey(old), keys.isKey(stored() ?? '')], [false, true]);
  });

  for (const failing of ['get', 'hang'] as const) {
    it(`gives nobody access while it may have been replaced and cannot be read (${failing})`, async () => {
      const [one, other] = [window(), window()];
      const old = await clock.finish(one.keys.get());
      await clock.pass(5_000);
      await other.keys.get();
      other.secrets.failing = failing;
      await clock.finish(one.keys.replace());
      await clock.pass(6_000);
      assert.deepEqual([other.keys.isKey(old), other.events.at(-1)], [false, 'changed']);
      other.secrets.failing = undefined;
      await clock.pass(60_000);
      assert.ok(other.keys.isKey(stored() ?? ''), 'it is read later');
      other.close();
      one.close();
      assert.deepEqual([other.secrets.listening, clock.waiting], [0, 0]);
    });
  }

  it('stays as it was when the new one cannot be stored, and locks nobody out of the secret storage', async () => {
    const { keys, secrets: own } = window();
    const key = await clock.finish(keys.get());
    own.failing = 'store';
    await assert.rejects(clock.finish(keys.replace()));
    assert.ok(keys.isKey(key));
    own.failing = undefined;
    await clock.pass(2_000);
    await clock.finish(window().keys.replace());
    await settle();
  });

  it('ignores other keys of the secret storage', async () => {
    const { keys, events, secrets: own } = window();
    await clock.finish(keys.get());
    await clock.pass(2_000);
    const [reads, before] = [own.reads.length, events.length];
    secrets.announce('sessions');
    await settle();
    assert.deepEqual([own.reads.length, events.length], [reads, before]);
  });
});
