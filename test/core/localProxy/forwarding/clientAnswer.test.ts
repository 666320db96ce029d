import assert from 'node:assert/strict';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { writeBody } from '../../../../src/core/localProxy/forwarding/clientAnswer';
import { RawConnection } from '../../../fakes/rawConnection';

describe('a body for a client of the local proxy', () => {
  const chunk = Buffer.alloc(64 * 1024);
  let server: Server;
  let connection: RawConnection;
  let response: ServerResponse;
  let pulled: number;

  beforeEach(async () => {
    pulled = 0;
    server = createServer().listen(0, '127.0.0.1');
    const answered = new Promise<ServerResponse>((resolve) => {
      server.once('request', (_request, one) => {
        resolve(one);
      });
    });
    await new Promise((resolve) => server.once('listening', resolve));
    connection = await RawConnection.open('127.0.0.1', (server.address() as AddressInfo).port);
    connection.send('GET / HTTP/1.1\r\nHost: a\r\n\r\n').stopReading();
    response = await answered;
  });

  afterEach(() => {
    server.closeAllConnections();
    server.close();
  });

  /** 300 MB, as fast as they are read. */
  async function* endless(): AsyncGenerator<Uint8Array> {
    for (; pulled < 5_000; pulled += 1) {
      if (pulled % 50 === 0) await new Promise((resolve) => setImmediate(resolve));
      yield chunk;
    }
  }
  const stalled = async (): Promise<void> => {
    for (let before = -1; before !== pulled; await new Promise((resolve) => setTimeout(resolve, 50))) before = pulled;
  };

  it('is read only as fast as the client takes it, and no longer than it is there', async () => {
    const written = writeBody(response, endless());
    await stalled();
    assert.ok(pulled < 500, `${pulled} chunks were read for a client that reads nothing`);
    connection.destroy();
    assert.equal(await written, false);
    assert.ok(pulled < 500);
    assert.deepEqual([response.listenerCount('drain'), response.listenerCount('close')], [0, 0]);
  });

  it('is not read at all for a client that has left', async () => {
    connection.destroy();
    await new Promise((resolve) => response.once('close', resolve));
    assert.equal(await writeBody(response, endless()), false);
    assert.equal(pulled, 0);
  });
});
