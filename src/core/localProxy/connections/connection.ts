import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Clock } from '../../base/clock';
import { answerRefusalOn } from './answerRefusal';
import { Exchange } from './exchange';
import type { Refusal } from '../refusal';

/** A connection of a client, and what is going on over it. */
export class Connection {
  /** In the order of the requests: a client may send the next before it has the answer. */
  private readonly exchanges = new Set<Exchange>();
  private isBroken = false;

  constructor(
    readonly socket: Socket,
    private readonly clock: Clock,
    private readonly onRefused: (refusal: Refusal) => void,
  ) {
    socket.on('error', () => undefined); // the client may reset it at any time
    socket.once('close', () => {
      for (const exchange of this.exchanges) exchange.end();
    });
  }

  get open(): readonly Exchange[] {
    return [...this.exchanges];
  }

  begin(request: IncomingMessage, response: ServerResponse): Exchange {
    const exchange = new Exchange(request, response, this.clock, this.onRefused);
    this.exchanges.add(exchange);
    void exchange.closed.then(() => this.exchanges.delete(exchange));
    return exchange;
  }

  /** What follows on the connection is no request, so nothing after it is read. Answers before it are still sent. */
  breakOff(reason: Refusal): void {
    if (this.isBroken) {
      return;
    }
    this.isBroken = true;
    const last = this.open.at(-1);
    if (last === undefined) {
      this.onRefused(reason);
      answerRefusalOn(this.socket, reason, this.clock);
    } else if (!last.request.complete) {
      last.finish(reason);
    } else {
      last.announceClose();
      last.response.once('finish', () => {
        this.socket.destroySoon();
      });
    }
  }
}
