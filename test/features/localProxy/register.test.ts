import {
  commandHandlers,
  grantTrust,
  modals,
  personalSettings,
  shownMessages,
  workspaceTrust,
} from '../../fakes/fakeVscode';
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { request } from 'node:http';
import { connect } from 'node:net';
import { join } from 'node:path';
import { removeFolder, temporaryFolder } from '../../../scripts/process/folders';
import type { Host } from '../../../src/editor/host';
import { logLine } from '../../../src/editor/log';
import { register } from '../../../src/features/localProxy/register';
import { fakeHost } from '../../fakes/fakeHost';
import { Installation } from '../../fakes/installation';
import { scriptedPrompt, type Asked } from '../../fakes/scriptedPrompt';

before(async () => {
  await import('../../../src/features/localProxy/openLocalProxy'); // loading takes time that no test should wait for
});

describe('the commands of the local proxy', () => {
  let installation: Installation;
  let root: string;
  let windows: Window[];

  /** One window of VS Code. The commands of the last one that was opened run. */
  class Window {
    readonly asked: Asked[] = [];
    readonly answers: string[] = [];
    isFocused = true;
    readonly host: Host;
    private readonly handlers: ReadonlyMap<string, (...argument: readonly unknown[]) => unknown>;
    private readonly registered: { dispose(): unknown };
    private readonly closing: (() => Promise<void>)[] = [];
    private readonly forgetting: (() => Promise<void>)[] = [];

    constructor() {
      const core = installation.openCore();
      const folders = { root, locks: join(root, 'locks'), calls: join(root, 'calls'), journal: join(root, 'journal') };
      this.host = fakeHost(core, {
        folders,
        isFocused: () => this.isFocused,
        loadPrompt: () => {
          const prompt = scriptedPrompt(this.answers.splice(0, 1));
          return Promise.resolve({
            ...prompt,
            choose: async (choice) => {
              try {
                return await prompt.choose(choice);
              } finally {
                this.asked.push(...prompt.asked);
              }
            },
          });
        },
        beforeClosing: (work) => this.closing.push(work),
        beforeForgetting: (work) => this.forgetting.push(work),
      });
      this.registered = register(core.real, this.host);
      this.handlers = new Map(commandHandlers);
      windows.push(this);
    }

    get state(): string {
      const { current } = this.host.localProxy;
      return current === undefined ? 'off' : `${current.state} ${current.port}`;
    }

    get port(): number {
      return this.host.localProxy.current?.port ?? assert.fail('the proxy is off');
    }

    async run(id: string, ...argument: unknown[]): Promise<unknown> {
      const running = Promise.resolve(this.handlers.get(`reltioAuth.${id}`)?.(...argument));
      await within(running);
      return await running;
    }

    async becomes(state: RegExp): Promise<void> {
      await until(() => state.test(this.state), `${this.state} becomes ${String(state)}`);
    }

    forget = async (): Promise<void> => {
      await Promise.all(this.forgetting.map((work) => work()));
    };

    async close(): Promise<void> {
      this.registered.dispose();
      await within(Promise.all(this.closing.map((work) => work())));
    }
  }

  /** Real time, for the disk and the sockets; the clock of the windows goes on with it. */
  const passes = async (milliseconds: number): Promise<void> => {
    await new Promise((resolve) => setTimeout(resolve, 1));
    await installation.clock.pass(milliseconds);
  };
  const until = async (isTrue: () => boolean, what: string): Promise<void> => {
    for (let round = 0; !isTrue(); round++) {
      assert.ok(round < 2_000, what);
      await passes(100);
    }
  };
  const within = async (work: Promise<unknown>): Promise<void> => {
    let isDone = false;
    void work.finally(() => (isDone = true));
    await until(() => isDone, 'the work ends');
  };
  const key = (): string => installation.secrets.values.get('localProxyKey')?.split(' ')[0] ?? 'none';
  /** The status and the code of an answer of the proxy, or that nothing listens. */
  const call = async (port: number, path: string, method = 'GET'): Promise<string> => {
    const answer = { text: '' };
    request({ port, host: '127.0.0.1', path, method, agent: false }, (response) => {
      answer.text = `${response.statusCode} ${String(response.headers['x-reltio-local-proxy'])}`;
      response.resume();
    })
      .on('error', () => {
        answer.text = 'no answer';
      })
      .end();
    await until(() => answer.text !== '', 'an answer');
    return answer.text;
  };
  const isLetIn = async (port: number, used: string): Promise<boolean> =>
    !/401|no answer/.test(await call(port, `/${used}/`));
  const said = (): string => shownMessages.map(({ texts }) => texts.join(' | ')).join('\n');
  const logged = (): string => installation.log.lines.map(({ event, fields }) => logLine(event, fields)).join('\n');
  const started = async (): Promise<Window> => {
    const window = new Window();
    window.answers.push('Start');
    await window.run('startLocalProxy');
    await window.becomes(/^here/);
    return window;
  };

  beforeEach(() => {
    installation = new Installation().alone();
    root = temporaryFolder('localProxy');
    windows = [];
    personalSettings.clear();
    workspaceTrust.isTrusted = true;
    shownMessages.length = modals.length = 0;
  });
  afterEach(async () => {
    for (const window of windows) {
      await window.close();
    }
    personalSettings.clear();
    workspaceTrust.isTrusted = true;
    removeFolder(root);
  });

  it('Start asks first, and then lets nobody in without the key; the caller gets nothing', async () => {
    const window = new Window();
    window.answers.push('Do Not Start', 'Start');
    await window.run('startLocalProxy');
    assert.equal(window.state, 'off');
    assert.deepEqual([key(), said()], ['none', '']);
    assert.equal(await window.run('startLocalProxy'), undefined);
    await window.becomes(/^here/);
    const { port } = window;
    assert.equal(await call(port, '/dev/'), '401 key');
    assert.equal(await call(port, `/${key()}x/dev/`), '401 key');
    assert.equal(
      said(),
      `The local proxy runs on port ${port}. Copy an address for each tool that should reach Reltio. | Copy Address`,
    );
    assert.equal(window.asked.length, 2);
    assert.ok(!`${said()} ${logged()}`.includes(key()));
  });

  it('Start does nothing for a program in a window without focus, and says so', async () => {
    const window = new Window();
    window.isFocused = false;
    window.answers.push('Start');
    for (const argument of [[], ['jane'], [{ agreed: true }], [true]]) {
      await window.run('startLocalProxy', ...argument);
    }
    assert.deepEqual([window.state, window.asked.length, key()], ['off', 0, 'none']);
    assert.match(said(), /^Nothing was copied or started, because this window had no focus\./);
    assert.ok(!existsSync(join(root, 'local-proxy.json')));
  });

  it('Start does nothing in a workspace that is not trusted, and says what to do', async () => {
    workspaceTrust.isTrusted = false;
    const window = new Window();
    window.answers.push('Start');
    await window.run('startLocalProxy');
    assert.deepEqual([window.state, window.asked.length, key()], ['off', 0, 'none']);
    assert.match(said(), /only in a trusted workspace\. .* \| Manage Workspace Trust$/);
  });

  it('Start says that it runs already, and asks nothing', async () => {
    const window = await started();
    shownMessages.length = 0;
    await window.run('startLocalProxy');
    assert.match(said(), /^The local proxy already runs on port/);
    assert.equal(window.asked.length, 1);
  });

  it('Stop asks nothing, closes the port and takes the agreement back', async () => {
    const window = await started();
    const { port } = window;
    shownMessages.length = 0;
    window.isFocused = false;
    await window.run('stopLocalProxy');
    await window.becomes(/^off$/);
    assert.equal(await call(port, '/'), 'no answer');
    assert.match(said(), /^The local proxy is stopped in all windows\. .*"Reltio: New Local Proxy Key"/);
    window.isFocused = true;
    await window.run('startLocalProxy');
    assert.equal(window.state, 'off');
    assert.equal(window.asked.length, 2, 'a new start is asked about');
  });

  it('Stop says so where it does not run', async () => {
    await new Window().run('stopLocalProxy');
    assert.equal(said(), 'The local proxy is not running.');
  });

  it('New Key asks first, and then lets nobody in with the old key, in no window', async () => {
    const window = await started();
    const before = key();
    const other = new Window();
    await other.becomes(/^elsewhere/);
    shownMessages.length = 0;
    other.answers.push('Keep the Key', 'Replace');
    await other.run('newLocalProxyKey');
    assert.equal(key(), before);
    assert.ok(await isLetIn(window.port, before));
    let isCut = false;
    connect(window.port, '127.0.0.1').on('close', () => (isCut = true));
    await passes(100);
    await other.run('newLocalProxyKey');
    assert.notEqual(key(), before);
    await until(() => isCut, 'the connection is cut');
    await passes(100);
    assert.equal(await call(window.port, `/${before}/`), '401 key');
    assert.ok(await isLetIn(window.port, key()));
    assert.match(said(), /^The local proxy has a new key\. .* \| Copy Address$/);
    assert.ok(!`${said()} ${logged()}`.includes(before) && !`${said()} ${logged()}`.includes(key()));
  });

  it('a yes to changes in production ends with the key that tools had, and with the proxy', async () => {
    personalSettings.set('reltioAuth.environments', [
      { name: 'live', url: 'https://live.reltio.com', production: true },
    ]);
    const window = await started();
    const change = (): Promise<string> => call(window.port, `/${key()}/live/`, 'POST');
    const questions = (): number =>
      window.asked.filter(({ modal }) => modal?.includes('can change data in live')).length;
    window.answers.push('Allow for 15 Minutes');
    assert.match(await change(), /^503/);
    assert.match(await change(), /^503/);
    assert.equal(questions(), 1);
    window.answers.push('Replace');
    await window.run('newLocalProxyKey');
    window.answers.push('Allow for 15 Minutes');
    assert.match(await change(), /^503/);
    assert.equal(questions(), 2);
    await window.run('stopLocalProxy');
    window.answers.push('Start');
    await window.run('startLocalProxy');
    await window.becomes(/^here/);
    window.answers.push('Do Not Allow');
    assert.equal(await change(), '403 productionNotAllowed');
    assert.equal(questions(), 3);
  });

  it('a window that was open before the first start takes part, and goes on when the other one closes', async () => {
    const other = new Window();
    await passes(100);
    const window = await started();
    await other.becomes(/^elsewhere/);
    const { port } = window;
    await window.close();
    await other.becomes(/^here/);
    assert.equal(other.port, port);
    assert.ok(await isLetIn(port, key()));
  });

  it('a window that opens joins a running proxy, and none that ran long ago', async () => {
    const window = await started();
    const joined = new Window();
    await joined.becomes(/^elsewhere/);
    await joined.close();
    await window.close();
    installation.clock.set(installation.clock.now() + 3_600_000);
    const later = new Window();
    await passes(2_000);
    assert.equal(later.state, 'off');
  });

  it('a setting starts it with each window only if the user has agreed, and offers that quietly', async () => {
    personalSettings.set('reltioAuth.localProxy.start', 'withWindow');
    const first = new Window();
    await until(() => said() !== '', 'a message');
    assert.match(said(), /^By your settings, the local proxy starts with each window\. .* \| Start$/);
    assert.deepEqual([first.state, first.asked.length, key()], ['off', 0, 'none']);
    first.answers.push('Start');
    await first.run('startLocalProxy');
    await first.becomes(/^here/);
    await first.close();
    installation.clock.set(installation.clock.now() + 3_600_000);
    shownMessages.length = 0;
    const second = new Window();
    await second.becomes(/^here/);
    assert.equal(said(), '');
    assert.equal(second.asked.length, 0);
  });

  it('a setting starts it in a workspace once the user trusts that, and offers nothing before', async () => {
    personalSettings.set('reltioAuth.localProxy.start', 'withWindow');
    workspaceTrust.isTrusted = false;
    const untrusted = new Window();
    await passes(2_000);
    assert.equal(said(), '');
    await untrusted.close();
    workspaceTrust.isTrusted = true;
    personalSettings.clear();
    const agreed = await started();
    await agreed.close();
    installation.clock.set(installation.clock.now() + 3_600_000);
    personalSettings.set('reltioAuth.localProxy.start', 'withWindow');
    workspaceTrust.isTrusted = false;
    const window = new Window();
    await passes(2_000);
    assert.equal(window.state, 'off');
    grantTrust();
    await window.becomes(/^here/);
  });

  it('Forget Everything stops it in all windows, and removes its key and its file', async () => {
    const window = await started();
    const other = new Window();
    await other.becomes(/^elsewhere/);
    const { port } = window;
    await within(other.forget());
    await window.becomes(/^off$/);
    await other.becomes(/^off$/);
    await passes(5_000);
    assert.equal(await call(port, '/'), 'no answer');
    assert.equal(key(), 'none');
    assert.ok(!existsSync(join(root, 'local-proxy.json')));
  });

  it('Forget Everything opens nothing where nobody has used the proxy', async () => {
    const window = new Window();
    await within(window.forget());
    assert.ok(!existsSync(root) || !existsSync(join(root, 'local-proxy.json')));
    assert.equal(installation.secrets.values.size, 0);
  });
});
