import assert from 'node:assert/strict';
import * as v from 'valibot';
import { neverLost } from '../../../src/core/locking/noLock';
import type { HeldLock } from '../../../src/core/locking/lock';
import { AnnouncedSessions } from '../../../src/core/storage/announcedSessions';
import { emptyDocument, type SessionDocument } from '../../../src/core/storage/sessionDocument';
import type { State } from '../../../src/core/storage/stateFile';
import { FakeClock } from '../../fakes/fakeClock';
import { FakeSecrets, type FakeSecretStore } from '../../fakes/fakeSecrets';
import { FakeStateFile } from '../../fakes/fakeStateFile';
import { RecordingLog } from '../../fakes/recordingLog';
import { document as text, jane } from './storeFixture';

const password = { schema: v.object({ kind: v.literal('password') }) };
const lost: HeldLock = { ...neverLost, isHeld: () => Promise.resolve(false) };
const state = (revision: number, sessions: number, storeId = 'store'): State => ({ storeId, revision, sessions });

describe('the sessions and the file that announces them', () => {
  let clock: FakeClock;
  let secrets: FakeSecretStore;
  let stateFile: FakeStateFile;
  let log: RecordingLog;
  let kept: State[];
  let lostWrites: number[];
  let shared: FakeSecrets;
  beforeEach(() => {
    clock = new FakeClock();
    shared = new FakeSecrets(clock);
    secrets = shared.open();
    stateFile = new FakeStateFile();
    log = new RecordingLog();
    kept = [];
    lostWrites = [];
  });

  const open = (listeners = { onWriteLost: (revision: number) => void lostWrites.push(revision) }) =>
    new AnnouncedSessions({
      secrets,
      stateFile,
      remembered: { recall: () => 'nothing', keep: (one) => void kept.push(one) },
      distrustEmptyState: false,
      methods: [password],
      clock,
      log,
      ...listeners,
    });
  const settled = async (sessions: AnnouncedSessions, knownStoreId?: string) => {
    const before = clock.steady();
    const { kind } = await clock.finish(sessions.readSettled(knownStoreId));
    return [kind, clock.steady() - before];
  };
  const document = (revision: number): SessionDocument => ({ ...emptyDocument('store'), revision, sessions: [jane] });

  describe('after a write', () => {
    it('count what cannot be read too, in the file and in the profile', async () => {
      await open().write({ ...document(4), unreadable: ['odd', 'odder'] }, neverLost);
      assert.deepEqual([stateFile.state, kept], [state(4, 3), [state(4, 3)]]);
    });

    for (const [said, lock, announces] of [
      [state(7, 1), neverLost, true],
      [state(7, 1), undefined, true],
      [state(7, 1), lost, false],
      [state(7, 0), lost, true],
      ['missing', lost, true],
      ['unknown', lost, true],
    ] as const) {
      const who =
        lock === undefined
          ? 'a window that has tried often'
          : `a window that ${lock === lost ? 'has lost' : 'holds'} the lock`;
      const what = typeof said === 'string' ? said : `of ${said.sessions}`;
      it(`are ${announces ? '' : 'not '}announced by ${who}, where the announcement was ${what}`, async () => {
        stateFile.state = said;
        shared.put('sessions', text(7, [jane]));
        const sessions = open();
        await settled(sessions);
        await sessions.write(document(8), lock);
        assert.deepEqual(stateFile.state, announces ? state(8, 1) : said);
        assert.deepEqual(shared.json('sessions')?.['revision'], 8);
      });
    }

    it('have a revision that no window has seen, and that of another store does not count', async () => {
      stateFile.state = state(9, 1);
      const sessions = open();
      assert.equal(sessions.nextRevision(document(3)), 4, 'nothing is announced yet');
      await settled(sessions);
      assert.equal(sessions.nextRevision(document(3)), 10);
      assert.equal(sessions.nextRevision(document(12)), 13);
      assert.equal(sessions.nextRevision({ ...document(3), storeId: 'another' }), 4);
    });
  });

  describe('when they are read', () => {
    it('are waited for if an announced revision is not there yet, for two seconds, and that is said', async () => {
      stateFile.state = state(8, 1);
      shared.put('sessions', text(7, [jane]));
      assert.deepEqual(await settled(open()), ['ok', 2_000]);
      assert.deepEqual(lostWrites, [8]);
      assert.deepEqual(await settled(open({} as { onWriteLost: () => undefined })), ['ok', 2_000], 'with no listener');
    });

    it('are waited for if sessions are announced and none are there, unless this window knows them', async () => {
      stateFile.state = state(1, 1);
      assert.deepEqual(await settled(open()), ['absent', 2_000]);
      assert.deepEqual(await settled(open(), 'another'), ['absent', 2_000]);
      assert.deepEqual(await settled(open(), 'store'), ['absent', 0]);
    });

    for (const [what, said, held] of [
      ['is the announced one', state(7, 1), text(7, [jane])],
      ['is newer than the announced one', state(6, 1), text(7, [jane])],
      ['is of another store', state(8, 1, 'another'), text(7, [jane])],
      ['is announced as empty, and not there', state(8, 0), undefined],
      ['is not announced', 'missing', undefined],
      ['is announced by a file that cannot be read', 'unknown', text(7, [jane])],
    ] as const) {
      it(`are not waited for if what is stored ${what}`, async () => {
        stateFile.state = said;
        shared.put('sessions', held);
        assert.deepEqual(await settled(open()), [held === undefined ? 'absent' : 'ok', 0]);
        assert.deepEqual(lostWrites, []);
      });
    }

    it('are taken as soon as the announced revision comes', async () => {
      stateFile.state = state(8, 1);
      shared.put('sessions', text(7, [jane]));
      clock.after(40, () => {
        shared.put('sessions', text(8, [jane]));
      });
      assert.deepEqual(await settled(open()), ['ok', 40]);
      assert.equal(secrets.listening, 0);
    });
  });

  describe('that were damaged', () => {
    it('are removed where there are any, and nothing else is touched', async () => {
      shared.put('sessions.damaged', 'token-93f2');
      shared.put('sessions', text(7, [jane]));
      const changed: string[] = [];
      secrets.onDidChange((key) => changed.push(key));
      await open().removeDamaged();
      assert.deepEqual(changed, ['sessions.damaged']);
      assert.deepEqual([...shared.values.keys()], ['sessions']);
    });

    it('stay, and nothing fails, where they cannot be removed', async () => {
      shared.put('clients.damaged', 'secret-93f2');
      secrets.failing = 'store';
      await open().removeDamaged();
      assert.match(log.text, /damaged copies not removed/);
      assert.ok(!log.text.includes('secret-93f2'));
    });
  });
});
