import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Cancel, Clock } from '../../base/clock';
import { answerRefusal } from './answerRefusal';
import { refusal, type Refusal } from '../refusal';

/** How often we look whether a client still sends its request, in milliseconds. */
const checkTime = 30_000;

/** After so many looks in a row at which nothing more had arrived, the request counts as abandoned. */
const maxIdleChecks = 4;

/** A request and its answer. */
export class Exchange {
  /** Resolves when nothing more of the answer will be sent, whoever ended it. */
  readonly closed: Promise<void>;
  isRefused = false;
  private close: () => void = () => undefined;
  private stopWatching: Cancel = () => undefined;

  constructor(
    readonly request: IncomingMessage,
    readonly response: ServerResponse,
    private readonly clock: Clock,
    private readonly onRefused: (refusal: Refusal) => void,
  ) {
    // A client may leave at any time, and an error without a listener would end the extension host.
    request.on('error', () => undefined);
    response.on('error', () => undefined);
    this.closed = new Promise((resolve) => {
      this.close = resolve;
    });
    response.once('close', () => {
      this.end();
    });
  }

  readonly refuse = (reason: Refusal): void => {
    if (this.isRefused || this.response.headersSent || this.response.destroyed) {
      return;
    }
    this.isRefused = true;
    this.onRefused(reason);
    answerRefusal(this.request, this.response, reason, this.clock);
  };

  /** The connection is gone, or the answer is sent. */
  end(): void {
    this.stopWatching();
    this.close();
  }

  /** The answer, if it begins later, is the last one on its connection. */
  announceClose(): void {
    if (!this.response.headersSent) this.response.shouldKeepAlive = false;
  }

  /** Nobody will write more of the answer. One that is not complete is cut, so that the client sees that. */
  finish(lastWord: Refusal): void {
    this.refuse(lastWord);
    if (!this.isRefused && !this.response.writableEnded) this.cut();
  }

  cut(): void {
    this.request.socket.destroy();
  }

  /** Ends the exchange if its client stops sending: not while we are the ones who do not read. */
  watchBody(idleChecks = 0, received = this.request.socket.bytesRead): void {
    this.stopWatching = this.clock.after(checkTime, () => {
      const { bytesRead } = this.request.socket;
      const isIdle = bytesRead === received && this.request.readableLength === 0;
      if (this.request.complete) {
        return;
      }
      if (isIdle && idleChecks + 1 >= maxIdleChecks) {
        this.finish(refusal('requestTimeout'));
      } else {
        this.watchBody(isIdle ? idleChecks + 1 : 0, bytesRead);
      }
    });
  }
}
