import { clipboard, commandHandlers, shownMessages } from '../../fakes/fakeVscode';
import '../../fakes/fakeQuickInput';
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { HttpResponse } from '../../../src/core/oauth/httpClient';
import { commandIds } from '../../../src/editor/commandIds';
import { register } from '../../../src/features/accounts/register';
import { removeFolder, temporaryFolder } from '../../../scripts/process/folders';
import { answer, pair } from '../../fakes/fakeHttp';
import { settle } from '../../fakes/fakeClock';
import { fakeHost } from '../../fakes/fakeHost';
import { FakeMemory } from '../../fakes/fakeMemory';
import { Installation, type TestCore } from '../../fakes/installation';
import { jane, sampleSession } from '../../fakes/sampleSession';
import { type Asked, scriptedPrompt } from '../../fakes/scriptedPrompt';

const label = 'jane@acme.com (auth.reltio.com)';
const forget = 'Forget Everything';
const revokeToo = 'Revoke and Forget';

before(async () => {
  await import('../../../src/features/accounts/forgetEverything');
});

describe('Forget Everything', () => {
  let installation: Installation;
  let core: TestCore;
  let root: string;
  /** Undefined where a test needs none: then nothing takes time that the fake clock does not measure. */
  let folders: Record<'root' | 'locks' | 'calls' | 'journal', string> | undefined;
  let globalState: FakeMemory;
  let workspaceState: FakeMemory;
  let asked: readonly Asked[];
  beforeEach(() => {
    shownMessages.length = 0;
    clipboard.content = '';
    installation = new Installation().alone();
    core = installation.openCore();
    root = temporaryFolder('forget');
    folders = undefined;
    globalState = new FakeMemory();
    workspaceState = new FakeMemory();
  });
  afterEach(() => {
    removeFolder(root);
  });

  const run = async (...answers: readonly string[]): Promise<void> => {
    const prompt = scriptedPrompt(answers);
    asked = prompt.asked;
    let isLoaded = false;
    const loadPrompt = (): Promise<typeof prompt> => {
      isLoaded = true;
      return Promise.resolve(prompt);
    };
    const host = fakeHost(core, {
      globalState,
      workspaceState,
      loadPrompt,
      ...(folders === undefined ? {} : { folders }),
    });
    const registered = register(core.real, host);
    await core.real.load();
    const running = Promise.resolve(commandHandlers.get(commandIds.forgetEverything)?.());
    running.then(
      () => (isLoaded = true),
      () => (isLoaded = true),
    );
    // Loading the command's code takes time that the fake clock does not measure, and it must not pass meanwhile.
    while (!isLoaded) {
      await new Promise((resolve) => setImmediate(resolve));
    }
    await finish(running);
    await settle();
    registered.dispose();
  };
  /** The work waits for timers, and for the disk, which the fake clock does not measure. */
  const finish = async (work: Promise<unknown>): Promise<void> => {
    let isDone = false;
    const done = () => {
      isDone = true;
    };
    work.then(done, done);
    while (!isDone) {
      await new Promise((resolve) => setImmediate(resolve));
      await installation.clock.pass(10);
    }
    await work;
  };
  const everything = (): Record<string, string> => ({
    ...Object.fromEntries(installation.secrets.values),
    globalState: JSON.stringify([...globalState.values]),
    workspaceState: JSON.stringify([...workspaceState.values]),
  });
  const remains = (word: string): string[] =>
    Object.entries(everything()).flatMap(([key, value]) => (value.includes(word) ? [key] : []));

  it('asks in a modal that names the accounts, and whose first button keeps everything', async () => {
    await core.holds();
    await run('Keep Everything');
    assert.equal(asked[0]?.question, 'Forget everything that Reltio Authentication has stored?');
    assert.deepEqual(asked[0].items, ['Keep Everything', forget, revokeToo]);
    assert.ok(asked[0].modal?.includes(label), asked[0].modal);
    assert.deepEqual(
      core.sessions.known.map(({ id }) => id),
      ['jane'],
    );
    assert.deepEqual(shownMessages, []);
  });

  it('removes sessions, clients, the passphrase, damaged copies and what another version has stored', async () => {
    await core.holds();
    await core.sessions.signOut('jane', 'here'); // leaves the hash of a refresh token
    await core.holds();
    const { secrets } = installation;
    for (const key of ['sessions.damaged', 'clients.damaged', 'clientCertificatePassphrase', 'proxyKey']) {
      secrets.values.set(key, 'planted-51c0');
    }
    await run(forget);
    assert.deepEqual([...secrets.values.keys()], ['sessions']);
    const { storeId, revision, forgottenAt, ...rest } = secrets.json('sessions') ?? {};
    assert.deepEqual(rest, { version: 1, sessions: [], unreadable: [], formerRefreshTokens: [] });
    assert.deepEqual([typeof storeId, typeof revision, typeof forgottenAt], ['string', 'number', 'number']);
    assert.deepEqual([...remains('jane'), ...remains('planted-51c0')], []);
    assert.deepEqual(installation.http.requests, []);
    assert.deepEqual(shownMessages, [
      {
        how: 'information',
        texts: ['Everything was forgotten. The tokens stay valid at Reltio until they expire.'],
      },
    ]);
  });

  it('removes them also where VS Code cannot list the keys', async () => {
    await core.holds();
    Object.assign(core.secrets, { keys: undefined });
    const { secrets } = installation;
    for (const key of ['sessions.damaged', 'clients.damaged', 'clientCertificatePassphrase', 'localProxyKey']) {
      secrets.values.set(key, 'planted-51c0');
    }
    await run(forget);
    assert.deepEqual([...secrets.values.keys()], ['sessions']);
  });

  it('lets features end what uses it before anything is gone, and asks first', async () => {
    await core.holds();
    const seen: string[] = [];
    const host = (...answers: string[]) =>
      fakeHost(core, {
        loadPrompt: () => Promise.resolve(scriptedPrompt(answers)),
        endUses: () => {
          seen.push(`${installation.secrets.values.has('clients')} ${core.sessions.known.length}`);
          return Promise.resolve();
        },
      });
    for (const answers of ['Keep Everything', revokeToo]) {
      installation.http.next(...(answers === revokeToo ? [answer(200)] : []));
      const registered = register(core.real, host(answers));
      await finish(Promise.resolve(commandHandlers.get(commandIds.forgetEverything)?.()));
      registered.dispose();
    }
    assert.deepEqual(seen, ['true 1']);
  });

  it('empties the memory of profile and workspace, and no key reveals an account or a server', async () => {
    await core.holds();
    await globalState.update('lastIdentityServer', 'https://auth.reltio.com');
    await globalState.update('lastUser https://auth.reltio.com', 'jane@acme.com');
    await workspaceState.update('accountInUse', jane);
    await run(forget);
    assert.deepEqual(globalState.keys(), ['forgottenAt']);
    assert.deepEqual(workspaceState.keys(), ['forgottenAt']);
  });

  it('removes the files of locks, limits and the journal, and keeps the state that other windows wait for', async () => {
    await core.holds();
    folders = { root, locks: join(root, 'locks'), calls: join(root, 'calls'), journal: join(root, 'journal') };
    for (const folder of ['locks', 'calls', 'journal']) {
      mkdirSync(join(root, folder));
      writeFileSync(join(root, folder, 'file.1'), 'content');
    }
    writeFileSync(join(root, 'state.json'), '{}');
    await run(forget);
    assert.deepEqual(
      ['locks', 'calls', 'journal', 'state.json'].filter((name) => existsSync(join(root, name))),
      ['state.json'],
    );
  });

  it('removes the history, and says if that is not possible', async () => {
    await core.holds();
    assert.notDeepEqual(installation.history.entries, []);
    await run(forget);
    assert.deepEqual(installation.history.entries, []);
    installation.history.forget = () => Promise.reject(new Error('EBUSY'));
    await core.holds();
    await run(forget);
    assert.match(
      shownMessages.at(-1)?.texts[0] ?? '',
      /^Everything was forgotten here\. Some files .* are still in use\./,
    );
  });

  it('revokes first if the user wants, and says so', async () => {
    await core.holds();
    await core.holds({ id: 'omar', account: { ...jane, user: 'omar@acme.com' } });
    installation.http.next(answer(200), answer(200));
    await run(revokeToo);
    assert.deepEqual(
      installation.http.requests.map(({ url }) => url),
      ['https://auth.reltio.com/oauth/revoke', 'https://auth.reltio.com/oauth/revoke'],
    );
    assert.deepEqual([...installation.secrets.values.keys()], ['sessions']);
    assert.deepEqual(shownMessages, [
      { how: 'information', texts: ['Everything was forgotten. The tokens are revoked at Reltio.'] },
    ]);
  });

  it('forgets a session that could not be revoked too, and names it', async () => {
    await core.holds();
    installation.http.next(answer(503));
    await run(revokeToo);
    assert.deepEqual(remains('r0'), []);
    assert.deepEqual(shownMessages, [
      {
        how: 'warning',
        texts: [
          `Everything was forgotten here. Not revoked: ${label}. ` + 'auth.reltio.com is having problems (HTTP 503).',
        ],
      },
    ]);
  });

  it('works without any session, and does not offer to revoke one', async () => {
    installation.secrets.values.set('clients', JSON.stringify({ version: 1, clients: [] }));
    await globalState.update('lastUser https://auth.reltio.com', 'jane@acme.com');
    await run(forget);
    assert.deepEqual(remains('jane'), []);
    assert.deepEqual(asked[0]?.items, ['Keep Everything', forget]);
    assert.match(asked[0].modal ?? '', /^No account is signed in\. This removes stored client secrets/);
    assert.deepEqual([...installation.secrets.values.keys()], ['sessions']);
    assert.deepEqual(shownMessages, [{ how: 'information', texts: ['Everything was forgotten.'] }]);
  });

  it('removes what a newer version has stored, and what is damaged', async () => {
    const { secrets } = installation;
    secrets.values.set('sessions', JSON.stringify({ version: 99, planted: 'planted-51c0' }));
    secrets.values.set('clients', JSON.stringify({ version: 99, planted: 'planted-51c0' }));
    await run(forget);
    assert.deepEqual([...secrets.values.keys()], ['sessions']);
    assert.deepEqual(remains('planted-51c0'), []);

    secrets.values.set('sessions', 'garbage planted-51c0');
    secrets.values.set('clients', 'garbage planted-51c0');
    core = installation.openCore();
    await run(forget);
    assert.deepEqual([...secrets.values.keys()], ['sessions']);
    assert.deepEqual(remains('planted-51c0'), []);
  });

  it('says when the storage does not answer or refuses, and then nothing is said to be forgotten', async () => {
    await core.holds();
    core.secrets.failing = 'store';
    await run(forget);
    assert.deepEqual(
      shownMessages.map(({ how, texts }) => [how, texts[0]?.startsWith('VS Code could not write')]),
      [['error', true]],
    );
    shownMessages.length = 0;
    core = installation.openCore();
    core.secrets.failing = 'get';
    await run(forget);
    assert.match(shownMessages[0]?.texts[0] ?? '', /^VS Code could not open its secret storage/);
  });

  it('clears the copied token', async () => {
    await core.holds();
    const cleared: string[] = [];
    commandHandlers.set(commandIds.clearCopiedToken, () => cleared.push('cleared'));
    const { CopiedTokenState } = await import('../../../src/editor/copiedToken');
    const copied = new CopiedTokenState();
    copied.set({ label, form: 'token', at: 0, clearAfter: 60, isOverdue: false });
    const prompt = scriptedPrompt([forget]);
    const host = fakeHost(core, { copied, loadPrompt: () => Promise.resolve(prompt) });
    const registered = register(core.real, host);
    await finish(Promise.resolve(commandHandlers.get(commandIds.forgetEverything)?.()));
    registered.dispose();
    commandHandlers.delete(commandIds.clearCopiedToken);
    assert.deepEqual(cleared, ['cleared']);
  });

  describe('in the other windows', () => {
    let other: TestCore;
    let theirWorkspace: FakeMemory;
    const openOther = async (): Promise<{ dispose(): unknown }> => {
      const registered = register(other.real, fakeHost(other, { globalState, workspaceState: theirWorkspace }));
      await other.real.load();
      await settle();
      return registered;
    };
    beforeEach(async () => {
      await core.holds();
      other = installation.openCore();
      theirWorkspace = new FakeMemory();
      await theirWorkspace.update('accountInUse', jane);
    });

    it('signs out, and empties their workspace', async () => {
      const registered = await openOther();
      await run(forget);
      assert.deepEqual(other.sessions.known, []);
      assert.deepEqual(theirWorkspace.keys(), ['forgottenAt']);
      registered.dispose();
    });

    it('empties the workspace of a window that opens later, once, and keeps what is chosen there then', async () => {
      await run(forget);
      await core.holds({ id: 'new', account: { ...jane, user: 'omar@acme.com' } });
      (await openOther()).dispose();
      assert.equal(theirWorkspace.get('accountInUse'), undefined);
      await theirWorkspace.update('accountInUse', 'chosen now');
      other = installation.openCore();
      (await openOther()).dispose();
      assert.equal(theirWorkspace.get('accountInUse'), 'chosen now');
    });

    it('nothing comes back when one of them writes what it knows, even before it has noticed', async () => {
      const registered = await openOther();
      installation.secrets.arrivesAfter = 100;
      const writing = other.store.change((sessions) => [...sessions, sampleSession({ id: 'late' })]);
      await run(forget);
      await finish(writing);
      await finish(other.store.change((sessions) => [...sessions]));
      await installation.clock.pass(1_000);
      assert.ok(!(installation.secrets.values.get('sessions') ?? '').includes('"jane"'));
      registered.dispose();
    });

    it('none of them saves a client again that it has just saved', async () => {
      const registered = await openOther();
      await finish(other.clients.save(jane.identityServer, { id: 'late', secret: 'late-secret' }));
      await run(forget);
      await finish(installation.clock.pass(5_000));
      assert.deepEqual(remains('late-secret'), []);
      registered.dispose();
    });

    it('none of them writes later what it could not write before', async () => {
      const registered = await openOther();
      other.secrets.failing = 'store';
      await finish(other.clients.save(jane.identityServer, { id: 'late', secret: 'late-secret' }));
      await finish(other.store.changeNowOrLater((sessions) => [...sessions, sampleSession({ id: 'late-session' })]));
      await finish(other.store.changeNowOrLater((sessions) => [...sessions, sampleSession({ id: 'late-other' })]));
      await installation.clock.pass(1);
      await run(forget);
      other.secrets.failing = undefined;
      await finish(installation.clock.pass(600_000));
      await finish(other.clients.save(jane.identityServer, { id: 'new', secret: 'new-secret' }));
      assert.deepEqual([...remains('late-secret'), ...remains('late-session'), ...remains('late-other')], []);
      assert.deepEqual(await other.clients.list(jane.identityServer), [{ id: 'new', secret: 'new-secret' }]);
      registered.dispose();
    });

    it('a refresh that is under way stores no token, and its caller gets none', async () => {
      const registered = await openOther();
      await installation.clock.pass(3_600_000);
      let send: (reply: HttpResponse) => void = () => undefined;
      installation.http.next(new Promise<HttpResponse>((resolve) => (send = resolve)));
      const asking = assert.rejects(other.sessions.fresh('jane'), { code: 'signedOut' });
      await installation.clock.pass(500);
      assert.equal(installation.http.requests.length, 1);
      await run(forget);
      send(pair('late-token', 'late-refresh'));
      await finish(asking);
      await installation.clock.pass(600_000);
      assert.deepEqual([...remains('late-token'), ...remains('late-refresh'), ...remains('"jane"')], []);
      assert.equal(installation.http.requests.length, 1);
      registered.dispose();
    });
  });
});
