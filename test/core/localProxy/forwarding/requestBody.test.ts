import assert from 'node:assert/strict';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { RequestBody } from '../../../../src/core/localProxy/forwarding/requestBody';
import { RawConnection } from '../../../fakes/rawConnection';

describe('the body of a request to the local proxy', () => {
  let server: Server;
  let connection: RawConnection;
  let request: IncomingMessage;

  beforeEach(async () => {
    server = createServer().listen(0, '127.0.0.1');
    const asked = new Promise<IncomingMessage>((resolve) => {
      server.once('request', resolve);
    });
    await new Promise((resolve) => server.once('listening', resolve));
    connection = await RawConnection.open('127.0.0.1', (server.address() as AddressInfo).port);
    connection.send('POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 6\r\n\r\n123');
    request = await asked;
    request.on('error', () => undefined);
  });

  afterEach(() => {
    server.closeAllConnections();
    server.close();
  });

  const begun = async (body: RequestBody): Promise<AsyncIterator<Uint8Array>> => {
    const reader = body.read()[Symbol.asyncIterator]();
    assert.equal(Buffer.from((await reader.next()).value as Uint8Array).toString(), '123');
    return reader;
  };

  it('can be read again, from its beginning, before all of it is there', async () => {
    const body = new RequestBody(request);
    const first = await begun(body);
    const waiting = first.next();
    const again = text(body.read());
    await assert.rejects(waiting, /no longer read/);
    await assert.rejects(first.next(), /no longer read/);
    connection.send('456');
    assert.equal(await again, '123456');
    assert.equal(await text(body.read()), '123456');
  });

  it('never seems to end where the client has left', async () => {
    const reader = await begun(new RequestBody(request));
    const waiting = reader.next();
    connection.destroy();
    await assert.rejects(waiting, /client left/);
    await assert.rejects(reader.next(), /client left/);
  });

  it('leaves no listener, and lets the rest flow, once nobody reads it', async () => {
    const body = new RequestBody(request);
    const before = ['readable', 'end', 'close', 'error'].map((event) => request.listenerCount(event));
    const waiting = (await begun(body)).next();
    body.stop();
    body.stop();
    await assert.rejects(waiting, /no longer read/);
    assert.deepEqual(
      ['readable', 'end', 'close', 'error'].map((event) => request.listenerCount(event)),
      before,
    );
    const ended = new Promise((resolve) => request.once('end', resolve));
    request.resume();
    connection.send('456');
    await ended;
  });

  it('is forgotten when it is not needed any more', async () => {
    const body = new RequestBody(request);
    await begun(body);
    assert.equal(body.isKept, true);
    body.forget();
    assert.equal(body.isKept, false);
  });
});
