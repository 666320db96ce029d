import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Clock } from '../../base/clock';
import { answerRefusalOn } from './answerRefusal';
import { Exchange } from './exchange';
import type { Refusal } from '../refusal';

/** So many requests on one connection get an answer although they lack the key. */
const maxRefused = 50;

/** A connection of a client, and what is going on over it. */
export class Connection {
  /** In the order of the requests: a client may send the next before it has the answer. */
  private readonly exchanges = new Set<Exchange>();
  private isBroken = false;
  private refused = 0;

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

  /** Whether nothing more on this connection is answered: whoever sends requests without the key by the thousand gets no time. */
  get isOver(): boolean {
    return this.refused >= maxRefused;
  }

  /** Refuses a request for what it is, and closes the connection after the last one that is answered. */
  refuse(exchange: Exchange, reason: Refusal): void {
    this.refused += 1;
    if (this.isOver) exchange.announceClose();
    exchange.refuse(reason);
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
