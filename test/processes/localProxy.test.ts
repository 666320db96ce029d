import assert from 'node:assert/strict';
import { mkdtemp } from 'node:fs/promises';
import { get } from 'node:http';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundled } from './bundled';
import { removeFolder } from './diskSecrets';
import { ProxyWindow } from './proxyWindow';

/** What a client saw: the status and the body, or why there is none. */
type Seen = string;
const connectionErrors = /^(ECONNREFUSED|ECONNRESET|EPIPE)$/;

describe('processes that share a local proxy', function () {
  this.timeout(30_000);
  let program: string;
  let folder: string;
  let windows: ProxyWindow[];

  before(() => {
    program = bundled('proxyWorker.ts');
  });
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'reltio-proxies-'));
    windows = [];
  });
  afterEach(async () => {
    await Promise.all(windows.map((window) => window.kill()));
    await removeFolder(folder);
    assert.deepEqual(windows.map(({ errors }) => errors).join(''), '');
  });

  function open(port = 0): ProxyWindow {
    const window = new ProxyWindow(program, folder, port, `account ${windows.length}`);
    windows.push(window);
    return window;
  }

  /** The first window starts the proxy, and the others take part. */
  async function started(count: number): Promise<{ port: number; key: string }> {
    const opened = Array.from({ length: count }, () => open());
    const { status, key } = await (opened[0] as ProxyWindow).ask('start');
    const others = await Promise.all(opened.slice(1).map((window) => window.ask('join')));
    assert.ok(others.every((report) => report.status.kind === 'elsewhere' && report.key === key));
    return { port: status.kind === 'here' ? status.port : assert.fail(status.kind), key };
  }

  it('go on within five seconds when the one that listens closes, and end its requests cleanly', async () => {
    const { port, key } = await started(2);
    const [first, second] = windows as [ProxyWindow, ProxyWindow];
    const at = (path: string) => seen(port, `/${key}/dev${path}`);
    const inProgress = Promise.all([at('/slow/1500'), at('/slow/60000'), at('/stream')]);
    await until(async () => (await at('/hello')) === `200 ${first.pid}`);
    await sleep(200); // the three have arrived
    const client = callAllTheTime(at);
    const closed = Date.now();
    const closing = first.ask('close');
    await until(async () => (await at('/hello')) === `200 ${second.pid}`);
    const gap = Date.now() - closed;
    const [finished, refused, cut] = await inProgress;
    await closing;
    const grace = Date.now() - closed;
    assert.ok(gap < 5_000, `${gap} ms`);
    assert.ok(grace >= 2_500 && grace < 4_500, `${grace} ms`);
    assert.deepEqual([finished, refused, cut], [`200 ${first.pid}`, '503 stopping', 'ECONNRESET after 200']);
    const wrong = (await client.stop()).filter(
      (one) => !connectionErrors.test(one) && ![`200 ${first.pid}`, `200 ${second.pid}`, '503 stopping'].includes(one),
    );
    assert.deepEqual(wrong, []);
  });

  it('go on within five seconds each time the one of five that listens is killed, at one address', async () => {
    const { port, key } = await started(5);
    const at = (path: string) => seen(port, `/${key}/dev${path}`);
    const client = callAllTheTime(at);
    for (let round = 0; round < 3; round += 1) {
      const listening = (await at('/hello')).slice('200 '.length);
      const killed = Date.now();
      await windows.find(({ pid }) => String(pid) === listening)?.kill();
      await until(async () => /^200 \d+$/.test(await at('/hello')));
      assert.ok(Date.now() - killed < 5_000, `${Date.now() - killed} ms`);
    }
    const pids = windows.map(({ pid }) => `200 ${pid}`);
    const answers = await client.stop();
    assert.deepEqual(
      answers.filter((one) => !connectionErrors.test(one) && !pids.includes(one)),
      [],
    );
    assert.ok(new Set(answers.filter((one) => pids.includes(one))).size >= 3);
    // Nobody is left: a reload joins again, with the same port and key
    await Promise.all(windows.map((window) => window.kill()));
    const report = await open().ask('join');
    assert.deepEqual(
      [report.status.kind, 'port' in report.status && report.status.port, report.key],
      ['here', port, key],
    );
  });

  for (const stopping of [0, 1]) {
    it(`stop within two seconds, whichever is asked (${stopping === 0 ? 'the one that listens' : 'another one'})`, async () => {
      const { port, key } = await started(3);
      const stream = seen(port, `/${key}/dev/stream`);
      await until(async () => (await seen(port, `/${key}/dev/hello`)).startsWith('200'));
      const asked = Date.now();
      await windows[stopping]?.ask('stop');
      await until(async () =>
        (await Promise.all(windows.map((window) => window.kind()))).every((kind) => kind === 'off'),
      );
      assert.equal(await stream, 'ECONNRESET after 200');
      assert.ok(Date.now() - asked < 2_000, `${Date.now() - asked} ms`);
      assert.equal(await seen(port, '/'), 'ECONNREFUSED');
      const again = await windows[2]?.ask('start');
      assert.deepEqual([again?.status.kind, again?.key, again?.account], ['here', key, 'account 2']);
      assert.equal((await seen(port, `/${key}/dev/hello`)).slice(0, 3), '200');
      await until(async () => (await windows[stopping]?.kind()) === 'elsewhere'); // the start reaches windows that are open
    });
  }

  it('start at the same time with one port and one key, and replace that key in all of them', async () => {
    const [one, other] = [open(), open()];
    await Promise.all([one.ask('start'), other.ask('start')]);
    await until(async () => (await one.ask('look')).key === (await other.ask('look')).key);
    const reports = await Promise.all([one.ask('look'), other.ask('look')]);
    assert.deepEqual(reports.map(({ status }) => status.kind).toSorted(), ['elsewhere', 'here']);
    const [port] = reports.map(({ status }) => ('port' in status ? status.port : 0));
    const address = `/${reports[0].key}/dev/hello`;
    assert.equal((await seen(port ?? 0, address)).slice(0, 3), '200');
    await (reports[0].status.kind === 'here' ? other : one).ask('newKey');
    await until(async () => (await seen(port ?? 0, address)) === '401 key');
  });

  it('wait for one that is suspended, which stops as soon as it goes on', async function () {
    if (process.platform === 'win32') {
      return; // no process can be suspended there
    }
    const { port } = await started(2);
    const [first, second] = windows as [ProxyWindow, ProxyWindow];
    first.suspend();
    await sleep(2_500);
    assert.equal(await second.kind(), 'elsewhere');
    assert.equal((await second.ask('stop')).status.kind, 'off');
    first.resume();
    const resumed = Date.now();
    await until(async () => (await first.kind()) === 'off');
    assert.ok(Date.now() - resumed < 2_000);
    assert.equal(await seen(port, '/'), 'ECONNREFUSED');
  });

  describe('with another program on the port', () => {
    let other: Server;
    let taken: number;

    beforeEach(async () => {
      other = createServer((socket) => socket.destroy());
      await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
      taken = (other.address() as AddressInfo).port;
    });
    afterEach(async () => {
      await new Promise((resolve) => other.close(resolve));
    });

    it('say so, and listen there once it is free', async () => {
      const window = open(taken);
      const { failure, status } = await window.ask('start');
      assert.deepEqual([failure, status], ['localProxyPortTaken', { kind: 'portTaken', port: taken }]);
      await new Promise((resolve) => other.close(resolve));
      await until(async () => (await window.kind()) === 'here');
      const report = await window.ask('look');
      assert.equal('port' in report.status && report.status.port, taken);
    });

    it('take another port if any will do, and say that the program may have seen the key', async () => {
      const { port } = await started(1);
      await windows[0]?.ask('stop');
      const thief = createServer();
      await new Promise<void>((resolve) => thief.listen(port, '127.0.0.1', resolve));
      const { status } = (await windows[0]?.ask('start')) ?? assert.fail();
      await new Promise((resolve) => thief.close(resolve));
      assert.ok(status.kind === 'here' && status.port !== port && status.exposedOn === port);
    });
  });
});

/** `200 <body>`, `503 <code of the local proxy>`, the code of an error, or that after the status if the answer is cut. */
function seen(port: number, path: string): Promise<Seen> {
  return new Promise((resolve) => {
    const request = get(
      { host: '127.0.0.1', port, path, agent: false, headers: { Connection: 'close' } },
      (response) => {
        let body = '';
        const own = response.headers['x-reltio-local-proxy'];
        response
          .on('data', (text: Buffer) => (body += text.toString()))
          .on('end', () => {
            resolve(`${response.statusCode} ${typeof own === 'string' ? own : body}`);
          })
          .on('error', (error: NodeJS.ErrnoException) => {
            resolve(`${error.code} after ${response.statusCode}`);
          });
      },
    );
    request.on('error', (error: NodeJS.ErrnoException) => {
      resolve(String(error.code));
    });
  });
}

/** A client that calls every few milliseconds, and what it has seen. */
function callAllTheTime(at: (path: string) => Promise<Seen>): { stop(): Promise<Seen[]> } {
  const all: Seen[] = [];
  let isStopped = false;
  const calling = (async () => {
    while (!isStopped) {
      all.push(await at('/slow/5'));
      await sleep(5);
    }
  })();
  return {
    async stop() {
      isStopped = true;
      await calling;
      return all;
    },
  };
}

async function until(condition: () => Promise<boolean>): Promise<void> {
  const end = Date.now() + 15_000;
  while (!(await condition())) {
    assert.ok(Date.now() < end, 'in time');
    await sleep(30);
  }
}

function sleep(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
