import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { performance } from 'node:perf_hooks';
import { promisify } from 'node:util';
import { isAccessKey } from '../../../src/core/localProxy/accessKey';
import { RawConnection } from '../../fakes/rawConnection';
import { openRecordingProxy, type RecordingProxy } from '../../fakes/recordingProxy';

const last = ['Connection: close'];

/** Many clients, slow clients, and those who have the port but not the key. */
describe('the local proxy, among other programs of this machine', () => {
  let proxy: RecordingProxy;
  afterEach(() => proxy.close(0));
  const connect = (): Promise<RawConnection> => RawConnection.open('127.0.0.1', proxy.port);
  const isServed = async (): Promise<boolean> =>
    (await fetch(`${proxy.origin}/${proxy.key}/dev/x`, { signal: AbortSignal.timeout(20_000) })).ok;

  it('serves 2,000 connections at the same time', async () => {
    proxy = await openRecordingProxy();
    const connections = await Promise.all(Array.from({ length: 2_000 }, connect));
    for (const connection of connections) connection.send(proxy.request('/x', { headers: last }));
    await Promise.all(connections.map(({ closed }) => closed));
    assert.equal(connections.filter(({ status }) => status === 200).length, 2_000);
    assert.equal(proxy.admitted.length, 2_000);
  });

  it('answers no endless series of requests without the key on one connection', async () => {
    proxy = await openRecordingProxy();
    const stranger = await connect();
    stranger.send(`GET / HTTP/1.1\r\nHost: 127.0.0.1:${proxy.port}\r\n\r\n`.repeat(5_000));
    await stranger.closed;
    const answers = stranger.received.match(/HTTP\/1\.1 401[^]*?copies\.\n/g) ?? [];
    assert.equal(answers.length, 50);
    assert.deepEqual(answers.map((one) => /Connection: close/.test(one)).lastIndexOf(false), 48);
    assert.ok(await isServed());
  });

  describe('when connections without a request fill it', () => {
    const limits = { headTime: 60_000, checkInterval: 60_000, strangers: 100 };

    it('serves whoever has the key, and closes the oldest of the others', async () => {
      proxy = await openRecordingProxy(undefined, undefined, { limits });
      const [oldest, known] = [await connect(), (await connect()).send(proxy.request('/x'))];
      await known.receives('\r\n\r\n');
      const crowd = await Promise.all(Array.from({ length: 300 }, connect));
      assert.equal(await isServed(), true);
      await oldest.closed;
      known.send(proxy.request('/y', { headers: last }));
      await known.closed;
      assert.equal(known.received.match(/HTTP\/1\.1 200 OK/g)?.length, 2, 'its connection is not counted');
      for (const connection of crowd) connection.destroy();
    });

    it('closes the oldest of those that knock with a wrong key, too', async () => {
      proxy = await openRecordingProxy(undefined, undefined, { limits });
      const first = (await connect()).send(proxy.request('/x').replace(proxy.key, 'wrong'));
      await first.receives('\r\n\r\n');
      const crowd = await Promise.all(Array.from({ length: 100 }, connect));
      await first.closed;
      assert.equal(first.status, 401);
      for (const connection of crowd) connection.destroy();
    });
  });

  describe('when a client is slow', () => {
    const limits = { headTime: 300, checkInterval: 50, strangers: 100 };
    beforeEach(async () => (proxy = await openRecordingProxy(undefined, undefined, { limits })));

    it('says so if it sends its head byte by byte, the first or a later one', async () => {
      const [first, second] = [await connect(), (await connect()).send(proxy.request('/x'))];
      await second.receives('\r\n\r\n');
      const dribble = setInterval(() => {
        first.send('a');
        second.send('a');
      }, 50);
      first.send('GET /');
      second.send('GET /');
      await Promise.all([first.closed, second.closed]);
      clearInterval(dribble);
      assert.equal(first.status, 408);
      assert.match(first.received, /\r\nX-Reltio-Local-Proxy: requestTimeout\r\n/);
      assert.match(second.received, /^HTTP\/1\.1 200 OK[^]*HTTP\/1\.1 408 Request Timeout/);
      assert.equal(await isServed(), true);
    });

    it('closes without a word what it opened ahead and did not use', async () => {
      const unused = await connect();
      await unused.closed;
      assert.equal(unused.received, '');
    });

    it('waits for a body, however long it takes', async () => {
      const connection = (await connect()).send(
        proxy.request('/x', { method: 'PUT', headers: ['Content-Length: 9', ...last] }),
      );
      const started = performance.now();
      while (performance.now() - started < 3 * limits.headTime) {
        await new Promise((resolve) => setTimeout(resolve, limits.headTime / 2));
        connection.send('x');
      }
      connection.send('x'.repeat(9));
      await connection.closed;
      assert.equal(connection.status, 200);
    });
  });

  it('tells another user of this machine nothing, and does nothing for them', async () => {
    proxy = await openRecordingProxy();
    const { port } = proxy;
    const isRoot = process.getuid?.() === 0;
    const script = `
      const { request } = require('node:http');
      const ask = (path, headers) => new Promise((resolve) => {
        request({ port: ${port}, host: '127.0.0.1', path, headers }, (answer) => {
          let text = '';
          answer.on('data', (part) => (text += part)).on('end', () => resolve(answer.statusCode + ' ' + text));
        }).end();
      });
      (async () => {
        const paths = ['/', '/dev/x', '/prod/x', '/${'A'.repeat(43)}/dev/x', '/${'A'.repeat(43)}/none/x', '/undefined/dev/x', '//dev/x'];
        const answers = [];
        for (const path of paths) answers.push(await ask(path, {}));
        console.log(JSON.stringify({ uid: process.getuid?.(), answers, bearer: await ask('/dev/x', { authorization: 'Bearer x' }) }));
      })();`;
    const { stdout: output } = await promisify(execFile)('node', ['-e', script], {
      cwd: '/',
      ...(isRoot ? { uid: 65_534, gid: 65_534 } : {}),
    });
    const { uid, answers, bearer } = JSON.parse(output) as { uid?: number; answers: string[]; bearer: string };
    if (isRoot) assert.equal(uid, 65_534);
    assert.equal(new Set(answers).size, 1, 'an answer that differs says something');
    assert.match(answers[0] ?? '', /^401 The key of the local proxy is missing/);
    assert.match(bearer, /^401 /);
    assert.ok(!output.includes(proxy.key));
    assert.deepEqual(proxy.admitted, []);
  });

  describe('answers a guessed key as fast if its beginning is right', () => {
    const rounds = 400;

    /** How likely a key with a right beginning takes longer than one without: 0.5 if nothing can be seen. */
    async function visibility(tries: (key: string) => Promise<unknown>, key: string): Promise<number> {
      const wrong = [...key]
        .reverse()
        .map((letter) => (letter === 'A' ? 'B' : 'A'))
        .join('');
      const times: { readonly isRight: boolean; readonly time: number }[] = [];
      for (let round = 0; round < rounds * 2; round += 1) {
        const isRight = round % 2 === 0;
        const candidate = isRight ? `${key.slice(0, -1)}${key.endsWith('A') ? 'B' : 'A'}` : wrong;
        const started = performance.now();
        await tries(candidate);
        times.push({ isRight, time: performance.now() - started });
      }
      times.sort((one, other) => one.time - other.time);
      let [rightBefore, longer] = [0, 0];
      for (const { isRight } of times) {
        if (isRight) rightBefore += 1;
        else longer += rounds - rightBefore;
      }
      return longer / rounds ** 2;
    }

    it('over a connection', async () => {
      proxy = await openRecordingProxy();
      const connection = await connect();
      const ask = async (candidate: string): Promise<void> => {
        connection.received = '';
        connection.send(`GET /${candidate}/dev/x HTTP/1.1\r\nHost: 127.0.0.1:${proxy.port}\r\n\r\n`);
        await connection.receives('copies.\n');
      };
      const seen: number[] = [];
      while (seen.length < 3 && !seen.some((value) => Math.abs(value - 0.5) < 0.1))
        seen.push(await visibility(ask, proxy.key));
      assert.ok(seen.length < 3 || Math.abs((seen[2] ?? 0) - 0.5) < 0.1, `visible: ${seen.join(', ')}`);
      connection.destroy();
    });

    it('in the comparison itself; one that stops at the first difference would be seen', async () => {
      proxy = await openRecordingProxy();
      const { key } = proxy;
      const leaky = (candidate: string): void => {
        for (let at = 0; at < key.length && candidate[at] === key[at]; at += 1) isAccessKey('x', key);
      };
      assert.ok((await visibility(async (candidate) => leaky(candidate), key)) > 0.9);
      const compare = async (candidate: string): Promise<void> => {
        for (let times = 0; times < 20; times += 1) isAccessKey(candidate, key);
      };
      const seen: number[] = [];
      while (seen.length < 3 && !seen.some((value) => Math.abs(value - 0.5) < 0.1))
        seen.push(await visibility(compare, key));
      assert.ok(
        seen.some((value) => Math.abs(value - 0.5) < 0.1),
        `visible: ${seen.join(', ')}`,
      );
    });
  });
});
