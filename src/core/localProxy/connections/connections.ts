import type { Socket } from 'node:net';
import type { Clock } from '../../base/clock';
import { Connection } from './connection';
import type { Exchange } from './exchange';
import type { Refusal } from '../refusal';
import { hasSpareFiles } from './spareFiles';

/** So many of them may stay even if this process can open no more files. */
const smallestLimit = 32;

/**
 * The connections of the proxy. Anybody on this machine can open one, so that those without a request with the key are
 * limited: the oldest is closed for a new one, because a client that has the key sends it at once.
 */
export class Connections {
  private readonly all = new Map<Socket, Connection>();
  /** Oldest first. */
  private readonly strangers = new Set<Socket>();

  constructor(
    private limit: number,
    private readonly clock: Clock,
    private readonly onRefused: (refusal: Refusal) => void,
  ) {}

  get exchanges(): readonly Exchange[] {
    return [...this.all.values()].flatMap(({ open }) => open);
  }

  add(socket: Socket): void {
    this.all.set(socket, new Connection(socket, this.clock, this.onRefused));
    this.strangers.add(socket);
    socket.once('close', () => {
      this.all.delete(socket);
      this.strangers.delete(socket);
    });
    this.closeOldest();
    if (this.strangers.size > smallestLimit && !hasSpareFiles()) this.makeRoom();
  }

  /** Undefined once it is closed. */
  of(socket: Socket): Connection | undefined {
    return this.all.get(socket);
  }

  /** A request with the key has come on this connection. */
  admit(socket: Socket): void {
    this.strangers.delete(socket);
  }

  /** No more files can be opened in this process, which is that of all extensions. */
  makeRoom(): void {
    this.limit = Math.max(smallestLimit, Math.min(this.limit, Math.floor(this.strangers.size / 2)));
    this.closeOldest();
  }

  destroyAll(): void {
    for (const socket of this.all.keys()) socket.destroy();
  }

  private closeOldest(): void {
    for (const socket of this.strangers) {
      if (this.strangers.size <= this.limit) return;
      this.strangers.delete(socket);
      socket.destroy();
    }
  }
}
