import { createHash } from 'node:crypto';
import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import { bearerOf } from '../identity/bearer';
import { send } from '../identity/delivery';
import type { HostedPart } from '../identity/hostedPart';
import type { Identity } from '../identity/identity';

/** What an environment received of a request. */
export interface Echoed {
  readonly method: string;
  readonly url: string;
  readonly length: number;
  readonly sha256: string;
}

type Reply = (request: IncomingMessage, response: ServerResponse) => Promise<void> | void;

/** A part of an environment that takes every method and says what it received. All of it requires a bearer. */
export class EchoPart implements HostedPart {
  /** Everything that came, as text. */
  readonly received: string[] = [];
  private sendNext: () => void = () => undefined;

  private readonly replies: Readonly<Record<string, Reply>> = {
    '/echo': async (request, response) => {
      const hash = createHash('sha256');
      let length = 0;
      for await (const chunk of request as AsyncIterable<Buffer>) {
        hash.update(chunk);
        length += chunk.length;
        if (length < 100_000) this.received.push(chunk.toString('latin1'));
      }
      const echoed = { method: request.method, url: request.url, length, sha256: hash.digest('hex') };
      response
        .writeHead(200, {
          'content-type': 'application/json',
          'set-cookie': 'session=1',
          'access-control-allow-origin': '*',
        })
        .end(JSON.stringify(echoed));
    },
    '/packed': (_request, response) => {
      response.writeHead(200, { 'content-type': 'text/plain', 'content-encoding': 'gzip' }).end(gzipSync('unpacked'));
    },
    '/moved': ({ headers }, response) => {
      response.writeHead(307, { location: `http://${headers.host ?? ''}/movedAgain` }).end();
    },
    '/movedAgain': (_request, response) => {
      response.writeHead(302, { location: '/echo?moved' }).end();
    },
    '/events': async (_request, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write('data: first\n\n');
      await new Promise<void>((resolve) => {
        this.sendNext = resolve;
      });
      response.end('data: second\n\n');
    },
  };

  /** Lets `/events` go on. */
  goOn(): void {
    this.sendNext();
  }

  handles(path: string): boolean {
    return path in this.replies;
  }

  async answer(path: string, request: IncomingMessage, response: ServerResponse, identity: Identity): Promise<number> {
    this.received.push(request.rawHeaders.join('\n'), request.url ?? '');
    const login = bearerOf(request.headers, identity);
    if (login === undefined || 'status' in login) {
      send(response, login ?? { status: 401, headers: {}, body: '' });
      request.resume();
      return 401;
    }
    await this.replies[path]?.(request, response);
    if (!response.writableFinished && !response.destroyed) {
      await once(response, 'close');
    }
    return response.statusCode;
  }

  close(): Promise<void> {
    this.goOn();
    return Promise.resolve();
  }
}
