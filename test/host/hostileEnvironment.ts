import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A server at the address of an environment, which answers as the test says, and notes what it received. */
export interface HostileEnvironment {
  readonly url: string;
  /** The `Authorization` of each request, in the order in which they came. */
  readonly received: readonly string[];
  answer: (request: IncomingMessage, response: ServerResponse) => void;
  close(): Promise<void>;
}

export async function startHostileEnvironment(): Promise<HostileEnvironment> {
  const received: string[] = [];
  const environment = {
    url: '',
    received,
    answer: (_request: IncomingMessage, response: ServerResponse): void => {
      response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
    },
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
  const server = createServer((request, response) => {
    received.push(request.headers.authorization ?? '');
    response.on('error', () => undefined); // the caller has hung up
    environment.answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  environment.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return environment;
}
