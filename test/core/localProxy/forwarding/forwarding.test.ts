import assert from 'node:assert/strict';
import { request as send } from 'node:http';
import { ProxiedServer } from '../../../fakes/proxiedServer';

/** Numbers that look random, the same in each run. */
function sequence(start: number): (below: number) => number {
  let seed = start;
  return (below) => (seed = (seed * 48_271) % 2_147_483_647) % below;
}

const pause = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));
const part = Buffer.alloc(40_000, 'x');

for (const client of ['host', 'explicit'] as const) {
  describe(`clients and environments that leave at any time, over the ${client} client`, () => {
    let site: ProxiedServer;
    let problems: unknown[];
    const note = (problem: unknown): void => {
      problems.push(problem);
    };

    beforeEach(async () => {
      problems = [];
      process.on('unhandledRejection', note).on('warning', note);
      site = await ProxiedServer.open(client);
    });

    afterEach(async () => {
      await site.close();
      process.off('unhandledRejection', note).off('warning', note);
    });

    /** One request, by a client that reads and writes at its own speed, and may leave; what it got, if that was all of it. */
    const call = (random: (below: number) => number): Promise<string | undefined> =>
      new Promise((resolve) => {
        const outgoing = send(`${site.address}/${random(1_000_000)}`, { method: ['GET', 'POST', 'PUT'][random(3)] });
        outgoing.once('error', () => {
          resolve(undefined);
        });
        outgoing.once('response', (incoming) => {
          let length = 0;
          incoming.on('data', (chunk: Buffer) => {
            length += chunk.length;
            if (random(4) === 0) {
              incoming.pause();
              setTimeout(() => incoming.resume(), random(4));
            }
          });
          incoming.once('error', () => {
            resolve(undefined);
          });
          incoming.once('end', () => {
            resolve(incoming.statusCode === 200 ? `${String(incoming.headers['x-length'])} ${length}` : undefined);
          });
        });
        const [parts, leaves] = [random(4), random(3) === 0];
        void (async () => {
          for (let count = 0; count < parts && outgoing.method !== 'GET'; count += 1) {
            if (!outgoing.destroyed) outgoing.write(part);
            await pause(random(4));
          }
          if (leaves) {
            await pause(random(15));
            outgoing.destroy();
            resolve(undefined);
          } else {
            outgoing.end();
          }
        })();
      });

    it('leave no request open, no listener and no unhandled rejection behind, and no part looks whole', async () => {
      const random = sequence(12);
      site.scene.answer = (request, response) => {
        const [parts, fate, waits] = [random(5), random(4), random(3)];
        if (random(2) === 0) request.resume();
        else request.once('data', () => request.pause());
        void (async () => {
          await pause(random(6));
          response.writeHead(200, {
            'X-Length': parts * part.length,
            'Content-Type': ['a/b', 'text/plain'][random(2)],
          });
          for (let count = 0; count < parts; count += 1) {
            if (fate === 0 && count === waits) return void request.socket.destroy();
            response.write(part);
            await pause(random(3));
          }
          response.end();
          request.resume();
        })();
      };
      let whole = 0;
      for (let round = 0; round < 2; round += 1) {
        for (const got of await Promise.all(Array.from({ length: 25 }, () => call(random)))) {
          if (got === undefined) continue;
          const [promised, received] = got.split(' ');
          assert.equal(received, promised);
          whole += 1;
        }
      }
      assert.ok(whole > 5 && whole < 50, `${whole} were answered completely`);
      for (let times = 0; site.inFlight > 0; times += 1) {
        assert.ok(times < 500, `${site.inFlight} requests are still open`);
        await pause(2);
      }
      assert.deepEqual(problems, []);
      assert.doesNotMatch(site.proxy.log.text, /could not be forwarded/);
    });
  });
}
