import { createServer, type Server, type Socket } from 'node:net';
import { systemClock, type Clock } from '../base/clock';
import { serveConnection } from './callConnection';
import { isAnswered, isStillThere, listen, listenAtFile, removeFile, type SocketFile } from './listenAt';
import type { Machine } from './machine';
import { socketFolder } from './socketFolder';
import { pipePath, socketPath } from './socketName';
import { newTerminalKeys, type TerminalKeys } from './terminalKeys';
import type { AnswerCall } from './tokenCommand';

const maxConnections = 100;
/** How long a window that answers at the same path gets to close: after a reload, the old one may still run (milliseconds). */
const patience = { total: 5_000, pause: 100 } as const;

/** Where `reltio-token` asks. */
export interface TerminalServer {
  /** The path of the socket, for the terminals. Only `check` changes it. */
  readonly path: string;
  /** Listens again if the file of the socket is gone. @throws Node's error */
  check(): Promise<void>;
  /** Ends every call, and removes the file. Never rejects. */
  close(): Promise<void>;
}

export interface TerminalServerOptions {
  readonly keys: TerminalKeys;
  readonly answer: AnswerCall;
  readonly machine: Machine;
  readonly clock?: Clock;
}

/**
 * Listens for the terminals of this workspace: at the path of its keys, or at another one while another window answers there.
 *
 * @throws Node's error if no socket can be opened
 */
export async function openTerminalServer(options: TerminalServerOptions): Promise<TerminalServer> {
  const server = new OwnServer(options);
  await server.listen();
  return server;
}

interface Listener {
  readonly server: Server;
  readonly path: string;
  readonly file?: SocketFile;
}

class OwnServer implements TerminalServer {
  private readonly sockets = new Set<Socket>();
  private readonly clock: Clock;
  private listener: Listener | undefined;
  private work: Promise<unknown> = Promise.resolve();
  private isClosed = false;

  constructor(private readonly options: TerminalServerOptions) {
    this.clock = options.clock ?? systemClock;
  }

  get path(): string {
    return this.listener?.path ?? '';
  }

  async listen(): Promise<void> {
    const before = this.listener;
    this.listener = await (this.options.machine.platform === 'win32' ? this.listenAtPipe() : this.listenInFolder());
    before?.server.close();
  }

  check(): Promise<void> {
    return this.inOrder(async () => {
      const file = this.listener?.file;
      if (!this.isClosed && file !== undefined && !(await isStillThere(file))) {
        await this.listen();
      }
    });
  }

  close(): Promise<void> {
    this.isClosed = true;
    for (const socket of this.sockets) {
      socket.destroy();
    }
    return this.inOrder(async () => {
      const { listener } = this;
      this.listener = undefined;
      if (listener?.file !== undefined) {
        await removeFile(listener.file);
      }
      for (const socket of this.sockets) {
        socket.destroy();
      }
      await new Promise<unknown>((resolve) =>
        listener === undefined ? resolve(undefined) : listener.server.close(resolve),
      );
    });
  }

  private inOrder(work: () => Promise<void>): Promise<void> {
    const done = this.work.then(work);
    this.work = done.catch(() => undefined);
    return done;
  }

  private async listenInFolder(): Promise<Listener> {
    const folder = await socketFolder(this.options.machine);
    const usual = socketPath(folder, this.options.keys.id);
    const path = (await this.isFree(usual)) ? usual : socketPath(folder, newTerminalKeys().id);
    const server = this.createServer();
    return { server, path, file: await listenAtFile(server, path) };
  }

  private async listenAtPipe(): Promise<Listener> {
    const usual = pipePath(this.options.keys.id);
    const path = (await this.isFree(usual)) ? usual : pipePath(newTerminalKeys().id);
    const server = this.createServer();
    await listen(server, path);
    return { server, path };
  }

  private async isFree(path: string): Promise<boolean> {
    const until = this.clock.steady() + patience.total;
    while (await isAnswered(path)) {
      if (this.clock.steady() >= until) {
        return false;
      }
      await new Promise<void>((resolve) => this.clock.after(patience.pause, resolve));
    }
    return true;
  }

  private createServer(): Server {
    const server = createServer((socket) => {
      this.sockets.add(socket);
      socket.once('close', () => this.sockets.delete(socket));
      void serveConnection(socket, { ...this.options.keys, answer: this.options.answer, clock: this.clock });
    });
    server.maxConnections = maxConnections;
    return server;
  }
}
