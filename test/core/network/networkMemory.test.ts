import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { Network } from '../../../src/core/network/network';
import { defaultNetworkSettings } from '../../../src/core/network/networkSettings';

const MB = 1024 * 1024;
const part = 64 * 1024;

describe('the memory of the network', function () {
  this.timeout(120_000); // for a busy machine: gigabytes

  for (const [client, direction, size] of [
    ['host', 'up and down', 1024 * MB],
    ['host', 'down', 256 * MB],
    ['explicit', 'up and down', 256 * MB],
  ] as const) {
    it(`stays the same while ${size / MB} MB go ${direction}, by the ${client} client`, async () => {
      const memory = new HighWater();
      const server = createServer((request, response) => {
        (direction === 'down' ? Readable.from(generated(size, memory)) : request).pipe(response);
      });
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      const settings = { ...defaultNetworkSettings, fetchAdditionalSupport: client === 'host' };
      const network = new Network({
        userAgent: 'test',
        mayReceiveSecrets: () => Promise.resolve(true),
        settings: () => settings,
        passphrase: () => Promise.resolve(undefined),
        env: {},
        onChoice: () => undefined,
      });
      let received = 0;
      try {
        const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
        const headers = direction === 'down' ? [] : [['Content-Length', String(size)] as const];
        const upload = direction === 'down' ? {} : { body: generated(size, memory) };
        const request = { method: direction === 'down' ? 'GET' : 'POST', url, headers, ...upload };
        const answer = await network.open(request, new AbortController().signal);
        assert.ok(answer.kind === 'response', JSON.stringify(answer));
        for await (const chunk of answer.body) received += chunk.length;
      } finally {
        network.dispose();
        server.closeAllConnections();
        server.close();
      }
      assert.equal(received, size);
      assert.ok(memory.growth < 50 * MB, `${Math.round(memory.growth / MB)} MB`);
    });
  }
});

/** How much more memory the process takes while data flows than when it began to flow. */
class HighWater {
  private samples = 0;
  private begun = Infinity;
  growth = 0;

  measure(): void {
    const now = process.memoryUsage.rss();
    this.samples += 1;
    if (this.samples <= 3) this.begun = now; // until then, code is compiled and buffers are filled
    this.growth = Math.max(this.growth, now - this.begun);
  }
}

async function* generated(size: number, memory: HighWater): AsyncGenerator<Uint8Array> {
  for (let sent = 0; sent < size; sent += part) {
    if (sent % (16 * MB) === 0) memory.measure();
    yield Buffer.alloc(part); // a new one each time, as from a socket
  }
}
