import assert from 'node:assert/strict';
import { ClientStore } from '../../../src/core/storage/clientStore';
import { noLock } from '../../../src/core/locking/noLock';
import type { Lock } from '../../../src/core/locking/lock';
import { FakeClock } from '../../fakes/fakeClock';
import { FakeSecrets } from '../../fakes/fakeSecrets';
import { RecordingLog } from '../../fakes/recordingLog';

const server = 'https://auth.reltio.com';
const staging = 'https://auth-stg.reltio.com';
const ui = { id: 'reltio_ui', secret: 's1' };
const dev = { id: 'acme_dev', secret: 's2' };

describe('ClientStore', () => {
  let secrets: FakeSecrets;
  let log: RecordingLog;
  const open = () => new ClientStore(secrets.open(), log, noLock, clock);
  let clock: FakeClock;
  beforeEach(() => {
    clock = new FakeClock();
    secrets = new FakeSecrets(clock);
    log = new RecordingLog();
  });

  it('keeps secrets by identity server and client id, the most recently saved first', async () => {
    const store = open();
    await store.save(server, ui);
    await store.save(server, dev);
    await store.save(staging, { id: 'reltio_ui', secret: 's3' });
    assert.deepEqual(await open().list(server), [dev, ui]);
    assert.equal((await store.find(server, 'reltio_ui'))?.secret, 's1');
    assert.equal((await store.find(staging, 'reltio_ui'))?.secret, 's3');
    assert.equal(await store.find(staging, 'acme_dev'), undefined);
  });

  it('replaces the secret of a client, and writes nothing if nothing is new', async () => {
    const window = secrets.open();
    const store = new ClientStore(window, log, noLock, clock);
    await store.save(server, ui);
    await store.save(server, { ...ui, secret: 'new' });
    await store.save(server, { ...ui, secret: 'new' });
    assert.equal((await store.list(server)).length, 1);
    assert.equal((await store.find(server, 'reltio_ui'))?.secret, 'new');
    assert.equal(window.writes.length, 2);
  });

  it('loses none when several are saved at once', async () => {
    const store = open();
    await Promise.all(Array.from({ length: 20 }, (_, index) => store.save(server, { id: `c${index}`, secret: 's' })));
    assert.equal((await store.list(server)).length, 20);
  });

  it('reads what another window saved', async () => {
    const [one, other] = [open(), open()];
    await one.save(server, ui);
    assert.ok(await other.find(server, 'reltio_ui'));
    await other.save(server, dev);
    assert.equal((await one.list(server)).length, 2);
  });

  it('keeps a client that the storage refuses for this window, and writes it with the next', async () => {
    const window = secrets.open();
    const store = new ClientStore(window, log, noLock, clock);
    await store.save(server, ui);
    window.failing = 'store';
    await store.save(server, { ...ui, secret: 'planted-93f2' });
    assert.deepEqual(await store.list(server), [{ id: 'reltio_ui', secret: 'planted-93f2' }]);
    assert.ok(log.lines.some(({ level }) => level === 'warn') && !log.text.includes('planted-93f2'));
    window.failing = undefined;
    await store.save(server, dev);
    assert.equal((await open().find(server, 'reltio_ui'))?.secret, 'planted-93f2');
    await open().save(server, { ...ui, secret: 'later' });
    assert.equal((await store.find(server, 'reltio_ui'))?.secret, 'later');
  });

  it('forgets every client, also one that could not be written, for good', async () => {
    const window = secrets.open();
    const store = new ClientStore(window, log, noLock, clock);
    store.watch();
    await store.save(server, ui);
    window.failing = 'store';
    await store.save(server, dev);
    window.failing = undefined;
    await store.forget();
    await clock.pass(3_600_000);
    assert.deepEqual(await store.list(server), []);
    assert.deepEqual([...secrets.values.keys()], []);
  });

  it('saves a client again that another window overwrote before it could see it', async () => {
    secrets.arrivesAfter = 100;
    const [one, other] = [open(), open()];
    one.watch();
    other.watch();
    await one.save(server, ui);
    await other.save(server, dev);
    await clock.pass(1_000);
    assert.deepEqual((await open().list(server)).map(({ id }) => id).sort(), ['acme_dev', 'reltio_ui']);
  });

  it('keeps how a client is accepted, and for which redirect it was registered', async () => {
    const inBody = { ...dev, authentication: 'client_secret_post' } as const;
    const registered = { id: 'r', secret: '', authentication: 'none', registeredFor: 'http://127.0.0.1' } as const;
    const store = open();
    await store.save(server, inBody);
    await store.save(server, registered);
    assert.deepEqual(await open().list(server), [registered, inBody]);
  });

  it('saves no client that was known before everything was forgotten', async () => {
    const store = new ClientStore(secrets.open(), log, noLock, clock, () => clock.now() - 1_000);
    await store.save(server, ui, clock.now() - 1_000);
    assert.deepEqual(await store.list(server), []);
    await store.save(server, ui, clock.now() - 999);
    assert.deepEqual(await store.list(server), [ui]);
  });

  it('does not bring back a client that was replaced by another long after it saved it', async () => {
    const store = open();
    store.watch();
    await store.save(server, ui);
    await clock.pass(2_001);
    secrets.put('clients', JSON.stringify({ version: 1, clients: [{ identityServer: server, ...dev }] }));
    await clock.pass(1_000);
    assert.deepEqual(await open().list(server), [dev]);
  });

  it('does not bring back a client at once after all were removed', async () => {
    const store = open();
    store.watch();
    await store.save(server, ui);
    await clock.pass(1_000);
    secrets.put('clients', '{"version":1,"clients":[]}');
    await clock.pass(1_000);
    assert.deepEqual(await open().list(server), []);
  });

  it('says in the log that it could not look after what another window saved', async () => {
    const window = secrets.open();
    const store = new ClientStore(window, log, noLock, clock);
    store.watch();
    await store.save(server, ui);
    await clock.pass(1_000);
    window.failing = 'get';
    secrets.put('clients', '{"version":1,"clients":[]}');
    await clock.pass(1);
    assert.match(log.text, /clients: not read/);
  });

  it('does not bring back what was removed long after it saved it', async () => {
    const store = open();
    store.watch();
    await store.save(server, ui);
    await clock.pass(2_001);
    secrets.put('clients', '{"version":1,"clients":[]}');
    await clock.pass(1_000);
    assert.deepEqual(await open().list(server), []);
  });

  it('does not write after it has lost the lock, and takes it again', async () => {
    let taken = 0;
    const lock: Lock = {
      acquire: () => {
        taken += 1;
        return Promise.resolve({ isHeld: () => Promise.resolve(taken > 1), release: () => Promise.resolve() });
      },
    };
    const window = secrets.open();
    await new ClientStore(window, log, lock, clock).save(server, ui);
    assert.equal(taken, 2);
    assert.equal(window.writes.length, 1);
  });

  it('stops waiting after 5 s if the keyring does not answer', async () => {
    const window = secrets.open();
    window.failing = 'hang';
    const work = new ClientStore(window, log, noLock, clock).list(server);
    await assert.rejects(clock.finish(work), { code: 'sessionsUnreadable' });
    assert.equal(clock.steady(), 5_000);
  });

  it('keeps a client for this window while the secrets cannot be read, and writes it later', async () => {
    const window = secrets.open();
    const store = new ClientStore(window, log, noLock, clock);
    await store.save(server, dev);
    window.failing = 'get';
    await store.save(server, ui);
    assert.deepEqual(await store.find(server, 'reltio_ui'), ui);
    window.failing = undefined;
    await clock.pass(5_000);
    assert.deepEqual(
      (await open().list(server)).map(({ id }) => id),
      ['reltio_ui', 'acme_dev'],
    );
    assert.equal(clock.waiting, 0);
  });

  it('throws if the secrets cannot be read', async () => {
    const window = secrets.open();
    window.failing = 'get';
    await assert.rejects(new ClientStore(window, log, noLock, clock).list(server), { code: 'sessionsUnreadable' });
  });

  it('neither reads nor writes a document of version 99', async () => {
    const text = '{"version":99,"clients":"new shape"}';
    secrets.put('clients', text);
    await assert.rejects(open().find(server, 'reltio_ui'), { code: 'storeNewer' });
    await assert.rejects(open().save(server, ui), { code: 'storeNewer' });
    assert.equal(secrets.values.get('clients'), text);
  });

  it('puts a damaged document aside and starts over', async () => {
    secrets.put('clients', 'garbage s3cret');
    const store = open();
    assert.deepEqual(await store.list(server), []);
    await store.save(server, ui);
    assert.ok(await store.find(server, 'reltio_ui'));
    assert.equal(secrets.values.get('clients.damaged'), 'garbage s3cret');
    assert.ok(!log.text.includes('s3cret'));
  });

  it('loses no other client because of a bad entry, and keeps that entry', async () => {
    const bad = { identityServer: server, id: 'odd', secret: { kind: 'new' } };
    const good = { identityServer: server, ...dev };
    secrets.put('clients', JSON.stringify({ version: 1, clients: [bad, good] }));
    const store = open();
    assert.deepEqual(await store.list(server), [dev]);
    await store.save(server, ui);
    assert.deepEqual(await store.list(server), [ui, dev]);
    assert.ok(secrets.values.get('clients')?.includes(JSON.stringify(bad)));
  });
});
