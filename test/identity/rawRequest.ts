import { connect } from 'node:net';
import type { IdentityServer } from './server';

/** Sends a text unchanged and returns what comes back until the server closes the connection. */
export function rawRequest(server: IdentityServer, text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let answer = '';
    connect(server.port, '127.0.0.1')
      .setEncoding('utf8')
      .on('data', (piece: string) => (answer += piece))
      .on('end', () => {
        resolve(answer);
      })
      .on('error', reject)
      .end(text);
  });
}

/** Sends a POST assembled from the lines that Reltio's pages print, and returns the JSON of the answer. */
export async function printedPost(server: IdentityServer, headers: readonly string[], body: string): Promise<unknown> {
  const lines = [
    'POST /oauth/token HTTP/1.1',
    'Host: auth.reltio.com',
    ...headers,
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Connection: close',
  ];
  const answer = await rawRequest(server, `${lines.join('\r\n')}\r\n\r\n${body}`);
  return JSON.parse(answer.slice(answer.indexOf('\r\n\r\n') + 4));
}
