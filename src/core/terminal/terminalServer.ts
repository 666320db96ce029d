import { createServer, type Server, type Socket } from 'node:net';
import { systemClock, type Clock } from '../base/clock';
import { codeOf } from '../base/privateFile';
import { SerialQueue } from '../base/serialQueue';
import { serveConnection } from './callConnection';
import { isAnswered, isStillThere, listen, listenAtFile, removeFile, type SocketFile } from './listenAt';
import type { Machine } from './machine';
import { socketFolder } from './socketFolder';
import { pipePath, socketPath } from './socketName';
import { newTerminalKeys, type TerminalKeys } from './terminalKeys';
import type { AnswerCall } from './tokenCall';

const maxConnections = 100;
/** How long a window that answers at the same path gets to close: after a reload, the old one may still run (milliseconds). */
const patience = { total: 5_000, pause: 100 } as const;

/** Where `reltio-token` asks. */
export interface TerminalServer {
  /** The path of the socket, for the terminals. Only `check` changes it. */
  readonly path: string;
  /**
   * Listens again if the file of the socket is gone.
   *
   * @throws Node's error
   */
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
 * Listens for the terminals of this workspace: at the path of its keys, or at another one if another window goes on answering
 * there.
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
  private readonly work = new SerialQueue();
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
    before?.server.close(); // its calls go on
  }

  check(): Promise<void> {
    return this.work.run(async () => {
      const file = this.listener?.file;
      if (file !== undefined && !(await isStillThere(file))) {
        await this.listen();
      }
    });
  }

  close(): Promise<void> {
    this.isClosed = true;
    this.endCalls();
    return this.work.run(async () => {
      const { listener } = this;
      this.listener = undefined;
      if (listener === undefined) {
        return;
      }
      const ended = new Promise((resolve) => listener.server.close(resolve));
      this.endCalls();
      if (listener.file !== undefined) {
        await removeFile(listener.file);
      }
      await ended;
    });
  }

  private endCalls(): void {
    for (const socket of this.sockets) {
      socket.destroy();
    }
  }

  private async listenInFolder(tried = 1): Promise<Listener> {
    const folder = await socketFolder(this.options.machine);
    const path = await this.freePath((id) => socketPath(folder, id));
    const server = this.createServer();
    try {
      return { server, path, file: await listenAtFile(server, path) };
    } catch (error) {
      // Another window has removed the folder. Node calls that EACCES when it listens.
      if (['ENOENT', 'EACCES'].includes(codeOf(error) ?? '') && tried < 3) {
        return await this.listenInFolder(tried + 1);
      }
      throw error;
    }
  }

  private async listenAtPipe(): Promise<Listener> {
    const path = await this.freePath(pipePath);
    const server = this.createServer();
    await listen(server, path);
    return { server, path };
  }

  private async freePath(pathOf: (id: TerminalKeys['id']) => string): Promise<string> {
    const usual = pathOf(this.options.keys.id);
    const until = this.clock.steady() + patience.total;
    while (await isAnswered(usual)) {
      if (this.isClosed || this.clock.steady() >= until) {
        return pathOf(newTerminalKeys().id);
      }
      await new Promise<void>((resolve) => this.clock.after(patience.pause, resolve));
    }
    return usual;
  }

  private createServer(): Server {
    const { keys, answer } = this.options;
    const server = createServer((socket) => {
      this.sockets.add(socket);
      socket.once('close', () => this.sockets.delete(socket));
      void serveConnection(socket, { handle: keys.handle, answer, clock: this.clock });
    });
    server.maxConnections = maxConnections;
    server.on('error', () => undefined); // a connection that could not be accepted is the caller's problem
    return server;
  }
}
