import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { largeBytes, largePath, ready, token } from './served';

const entity = JSON.stringify({
  uri: 'entities/0Y1vxbs',
  type: 'HCP',
  label: 'Jane Smith',
  attributes: 'x'.repeat(500),
});
const part = Buffer.alloc(64 * 1024, 'x');

/** The server that is asked in the end. It refuses a request without the token, as Reltio does. */
const server = createServer((request, response) => {
  request.resume();
  if (request.headers.authorization !== `Bearer ${token}`) {
    response.writeHead(401).end();
  } else if (request.url === largePath) {
    response.writeHead(200, { 'content-type': 'application/octet-stream', 'content-length': largeBytes });
    Readable.from(parts(), { objectMode: false, highWaterMark: part.length }).pipe(response);
  } else {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': entity.length }).end(entity);
  }
});
server.keepAliveTimeout = 60_000;
server.listen(0, '127.0.0.1', () => {
  ready(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
});

function* parts(): Generator<Buffer> {
  for (let sent = 0; sent < largeBytes; sent += part.length) yield part;
}
