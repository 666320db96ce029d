import assert from 'node:assert/strict';
import { Failure } from '../../../src/core/base/failure';
import { neverLost } from '../../../src/core/locking/noLock';
import type { HeldLock, Lock } from '../../../src/core/locking/lock';
import { LockedDocument } from '../../../src/core/storage/lockedDocument';
import { FakeClock } from '../../fakes/fakeClock';
import { RecordingLog } from '../../fakes/recordingLog';

interface List {
  readonly names: readonly string[];
}

/** A list of names that several windows write. */
class Shelf {
  readonly clock = new FakeClock();
  readonly log = new RecordingLog();
  readonly trace: string[] = [];
  stored: List = { names: [] };
  shown: List = { names: [] };
  failing: 'read' | 'write' | 'newer' | undefined;
  /** Whether the lock is still held before each write; always, where there is no entry. */
  readonly held: boolean[] = [];
  readonly document: LockedDocument<List>;

  constructor() {
    const lock: Lock = { acquire: () => Promise.resolve(this.take()) };
    this.document = new LockedDocument<List>(
      {
        read: () => {
          this.trace.push('read');
          if (this.failing === 'read' || this.failing === 'newer') {
            return Promise.reject(new Failure(this.failing === 'read' ? 'sessionsUnreadable' : 'storeNewer'));
          }
          return Promise.resolve(this.document.withUnwritten(this.stored));
        },
        known: () => this.shown,
        toWrite: (list) => list,
        write: (list, held) => {
          this.trace.push(held === undefined ? 'write without a lock' : 'write');
          if (this.failing === 'write') {
            return Promise.reject(new Error('full'));
          }
          this.stored = list;
          return Promise.resolve();
        },
        show: (list) => {
          this.trace.push('show');
          this.shown = list;
        },
      },
      { name: 'shelf', lock, clock: this.clock, log: this.log },
    );
  }

  private take(): HeldLock {
    this.trace.push('lock');
    return {
      ...neverLost,
      isHeld: () => Promise.resolve(this.held.shift() ?? true),
      release: () => {
        this.trace.push('release');
        return Promise.resolve();
      },
    };
  }
}

const adding =
  (name: string) =>
  (list: List): List =>
    list.names.includes(name) ? list : { names: [...list.names, name] };

describe('a document that is changed under a lock', () => {
  it('is read, written and shown while the lock is held', async () => {
    const shelf = new Shelf();
    await shelf.document.change(adding('a'));
    assert.deepEqual(shelf.trace, ['lock', 'read', 'write', 'show', 'release']);
  });

  it('is neither written nor shown if nothing changes', async () => {
    const shelf = new Shelf();
    await shelf.document.change((list) => list);
    assert.deepEqual(shelf.trace, ['lock', 'read', 'release']);
  });

  it('is read again, under the lock taken again, if the lock was lost before the write', async () => {
    const shelf = new Shelf();
    shelf.held.push(false, true);
    await shelf.document.change((list) => adding('a')(list));
    assert.deepEqual(shelf.trace, ['lock', 'read', 'release', 'lock', 'read', 'write', 'show', 'release']);
  });

  it('is written without a check after the lock was lost 49 times', async () => {
    const shelf = new Shelf();
    shelf.held.push(...Array.from({ length: 60 }, () => false));
    await shelf.document.change(adding('a'));
    assert.equal(shelf.trace.filter((step) => step === 'lock').length, 50);
    assert.equal(shelf.trace.filter((step) => step.startsWith('write')).join(), 'write without a lock');
  });

  it('shows a change that was not written, and repeats it on what another window wrote', async () => {
    const shelf = new Shelf();
    shelf.failing = 'write';
    await shelf.document.change(adding('a'));
    assert.deepEqual([shelf.shown.names, shelf.document.isWritten], [['a'], false]);
    assert.match(shelf.log.text, /shelf: not written/);
    shelf.stored = { names: ['b'] };
    shelf.failing = undefined;
    await shelf.document.change(adding('c'));
    assert.deepEqual([shelf.stored.names, shelf.document.isWritten], [['b', 'a', 'c'], true]);
    assert.equal(shelf.clock.waiting, 0);
  });

  it('repeats several changes that were not written, in the order in which they were made', async () => {
    const shelf = new Shelf();
    shelf.failing = 'write';
    await shelf.document.change(adding('a'));
    await shelf.document.change(adding('b'));
    shelf.failing = 'read';
    await shelf.document.changeNowOrLater(adding('c'));
    shelf.stored = { names: ['z'] };
    shelf.failing = undefined;
    await shelf.clock.pass(60_000);
    assert.deepEqual([shelf.stored.names, shelf.document.isWritten], [['z', 'a', 'b', 'c'], true]);
  });

  it('is written by retries, after growing delays, until one works', async () => {
    const shelf = new Shelf();
    shelf.failing = 'write';
    await shelf.document.change(adding('a'));
    await shelf.clock.pass(14_000);
    shelf.failing = 'newer';
    await shelf.clock.pass(20_000);
    shelf.failing = undefined;
    await shelf.clock.pass(60_000);
    assert.deepEqual(shelf.stored.names, ['a']);
    assert.equal(shelf.clock.waiting, 0);
  });

  it('rejects a change if it cannot be read, but takes one that must not be lost and writes it later', async () => {
    const shelf = new Shelf();
    shelf.failing = 'read';
    await assert.rejects(shelf.document.change(adding('a')), { code: 'sessionsUnreadable' });
    assert.equal(shelf.document.isWritten, true);
    await shelf.document.changeNowOrLater((list) => list);
    assert.equal(shelf.document.isWritten, true);
    await shelf.document.changeNowOrLater(adding('b'));
    assert.deepEqual([shelf.shown.names, shelf.document.isWritten], [['b'], false]);
    shelf.failing = undefined;
    await shelf.clock.pass(5_000);
    assert.deepEqual(shelf.stored.names, ['b']);
  });

  it('rejects every change if it is of a newer version, even one that must not be lost', async () => {
    const shelf = new Shelf();
    shelf.failing = 'newer';
    await assert.rejects(shelf.document.changeNowOrLater(adding('a')), { code: 'storeNewer' });
    assert.deepEqual([shelf.shown.names, shelf.document.isWritten], [[], true]);
  });

  it('takes one change at a time, and readings in between', async () => {
    const shelf = new Shelf();
    await Promise.all([
      shelf.document.change(adding('a')),
      shelf.document.betweenChanges(() => Promise.resolve(shelf.trace.push('reading'))),
      shelf.document.change(adding('b')),
    ]);
    const change = ['lock', 'read', 'write', 'show', 'release'];
    assert.deepEqual(shelf.trace, [...change, 'reading', ...change]);
    assert.deepEqual(shelf.stored.names, ['a', 'b']);
  });
});
