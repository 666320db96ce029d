import assert from 'node:assert/strict';
import fc from 'fast-check';
import { FileLock } from '../../src/core/locking/fileLock';
import {
  isLockFile,
  lastNumber,
  newestNumber,
  lockName,
  fileNameOf,
  numberOf,
} from '../../src/core/locking/lockFileNames';
import { FakeClock } from '../fakes/fakeClock';
import { FakeLockFolder } from '../fakes/fakeLockFolder';
import { FakeRandom } from '../fakes/fakeRandom';
import { RecordingLog } from '../fakes/recordingLog';
import { mutatedString } from './mutations';
import { fuzz } from './fuzz';

const names = mutatedString(
  'document.17',
  'document.1',
  'document.123456',
  'document.999999999999998',
  'document.9007199254740991',
  'refresh-3f6e.1',
  'document.1e15',
  'document.0x10',
  'document. 7',
  'document.007',
  '.DS_Store',
);

describe('hostile file names in the lock folder', () => {
  fuzz('a name', names, (name) => {
    const number = numberOf(name, 'document');
    assert.ok(Number.isSafeInteger(number + 1) && number >= 0 && number <= lastNumber);
    const lock = name.slice(0, name.lastIndexOf('.'));
    if (isLockFile(name))
      assert.equal(fileNameOf(lock, numberOf(name, lock)), name, 'unchanged when written and read again');
    if (number === 0) return 'refused';
    assert.equal(fileNameOf('document', number), name);
    return 'accepted';
  });

  fuzz('the name of a lock, made from an id in a document', mutatedString('document', 'refresh-3f6e-11'), (id) => {
    const name = lockName(id);
    assert.match(name, /^[\w-]{1,120}$/);
    assert.ok(numberOf(fileNameOf(name, 1), name) === 1 && isLockFile(fileNameOf(name, lastNumber)));
    return name === id ? 'accepted' : 'refused';
  });

  fuzz(
    'a folder in which the lock can still be acquired',
    fc.array(names, { maxLength: 4 }),
    async (files) => {
      const clock = new FakeClock();
      const folder = new FakeLockFolder(clock);
      for (const file of files) folder.files.set(file, clock.now());
      const before = newestNumber(files, 'document');
      const lock = new FileLock(folder, clock, new FakeRandom(), new RecordingLog());
      const held = await clock.finish(lock.acquire('document', 15_000));
      assert.ok(await held.isHeld());
      const after = newestNumber([...folder.files.keys()], 'document');
      assert.ok(before === lastNumber || after === before + 1, `${before} → ${after}`);
      await held.release();
      return before > 0 ? 'accepted' : 'refused';
    },
    { oneIn: 20 },
  );
});
