import * as v from 'valibot';
import type { Client } from '../oauth/client';
import { Failure, isFailure } from '../base/failure';
import { within, type Clock } from '../base/clock';
import type { Unsubscribe } from '../base/emitter';
import type { Log } from '../base/log';
import type { HeldLock, Lock } from '../locking/lock';
import type { SecretStore } from './secretStore';
import { Retry } from '../base/retry';
import type { DocumentFormat } from './documentFormat';
import { SecretDocument } from './secretDocument';
import { SerialQueue } from '../base/serialQueue';

interface StoredClient extends Client {
  readonly identityServer: string;
}

interface ClientDocument {
  /** Those that cannot be read stay where they are: one bad entry must not cost the others. */
  readonly clients: readonly unknown[];
}

/** As for the sessions: how long another window may take to write (milliseconds). */
const lockTimeout = 15_000;
/** How long a keyring may take, which may never answer (milliseconds). */
const keyringPatience = 5_000;
/** Within so much time another window may write without having seen what this one wrote (milliseconds). */
const lateWrite = 2_000;
/** A save is begun again so often where the window slept over its turn; then it is written as it is. */
const mostAttempts = 50;

const text = v.pipe(v.string(), v.nonEmpty());
const clientSchema = v.object({ identityServer: text, id: text, secret: text });
const schema = v.object({ clients: v.array(v.unknown()) });

function isClient(entry: unknown): entry is StoredClient {
  return v.is(clientSchema, entry);
}

function parseClientDocument(json: Readonly<Record<string, unknown>>): ClientDocument | undefined {
  const parsed = v.safeParse(schema, json);
  return parsed.success ? parsed.output : undefined;
}

const clientFormat: DocumentFormat<ClientDocument> = { key: 'clients', upgrades: [], parse: parseClientDocument };

/** The client secrets, by identity server and client id, under the secret key `clients`. */
export class ClientStore {
  private readonly document: SecretDocument<ClientDocument>;
  private readonly queue = new SerialQueue();
  /** What the secret storage refused to keep: good while this window lives. */
  private unwritten: readonly StoredClient[] = [];
  private readonly retry: Retry;
  private last: { readonly client: StoredClient; readonly savedAt: number } | undefined;

  constructor(
    private readonly secrets: SecretStore,
    private readonly log: Log,
    private readonly lock: Lock,
    private readonly clock: Clock,
  ) {
    this.document = new SecretDocument(secrets, log, clientFormat);
    this.retry = new Retry(clock, () => {
      const [client] = this.unwritten;
      void (client === undefined ? undefined : this.saveLocked(client).catch(() => undefined)); // tries again itself
    });
  }

  /** The clients known for an identity server, the last saved first. */
  async list(identityServer: string): Promise<readonly Client[]> {
    const clients = (await this.read()).filter(isClient);
    return clients.filter((one) => one.identityServer === identityServer).map(({ id, secret }) => ({ id, secret }));
  }

  async find(identityServer: string, id: string): Promise<Client | undefined> {
    const here = this.unwritten.find((client) => client.id === id && client.identityServer === identityServer);
    return here !== undefined
      ? { id, secret: here.secret }
      : (await this.list(identityServer)).find((client) => client.id === id);
  }

  /**
   * Where the secret storage does not answer or refuses, the client is known in this window, and written by itself later.
   *
   * @throws {Failure} `storeNewer` when the document is not ours to write
   */
  async save(identityServer: string, { id, secret }: Client): Promise<void> {
    await this.saveLocked({ identityServer, id, secret });
  }

  /**
   * Saves again what another window has overwritten without having seen it, until the returned function is called:
   * what `secrets.store` wrote is visible elsewhere only some 100 ms later.
   */
  watch(): Unsubscribe {
    return this.secrets.onDidChange((key) => {
      const { last } = this;
      if (key !== this.document.key || last === undefined || this.clock.now() - last.savedAt > lateWrite) {
        return;
      }
      this.read()
        .then(async (entries) => {
          if (!entries.some((entry) => isSame(entry, last.client))) {
            await this.saveLocked(last.client);
          }
        })
        .catch(() => {
          this.log.warn('clients: not read');
        });
    });
  }

  private saveLocked(client: StoredClient): Promise<void> {
    return this.queue.run(async () => {
      for (let attempt = 1; ; attempt += 1) {
        const turn = await this.lock.acquire('document', lockTimeout);
        try {
          if (await this.saved(client, attempt < mostAttempts ? turn : undefined)) {
            return;
          }
        } finally {
          await turn.release();
        }
      }
    });
  }

  /** False, and nothing written, where the turn was over before the write. */
  private async saved(client: StoredClient, turn: HeldLock | undefined): Promise<boolean> {
    const known = await this.readOrPutOff(client);
    if (known === undefined) {
      return true;
    }
    const first = known.find(isClient);
    if (first !== undefined && isSame(first, client) && first.secret === client.secret && this.unwritten.length === 0) {
      return true;
    }
    if (turn !== undefined && !(await turn.isHeld())) {
      return false;
    }
    try {
      await this.document.write({ clients: [client, ...known.filter((other) => !isSame(other, client))] });
      this.unwritten = [];
      this.retry.done();
      this.last = { client, savedAt: this.clock.now() };
    } catch {
      this.putOff(client);
    }
    return true;
  }

  private async readOrPutOff(client: StoredClient): Promise<readonly unknown[] | undefined> {
    try {
      return await this.read();
    } catch (error) {
      if (isFailure(error) && error.code === 'storeNewer') {
        throw error;
      }
      this.putOff(client);
      return undefined;
    }
  }

  private putOff(client: StoredClient): void {
    this.unwritten = [client, ...this.unwritten.filter((other) => !isSame(other, client))];
    this.retry.later();
    this.log.warn('clients: not written');
  }

  private async read(): Promise<readonly unknown[]> {
    const unreadable = (): never => {
      throw new Failure('sessionsUnreadable');
    };
    const stored = await within(this.clock, keyringPatience, this.document.read().catch(unreadable), unreadable);
    if (stored.kind === 'newer') {
      throw new Failure('storeNewer');
    }
    const entries = stored.kind === 'ok' ? stored.value.clients : [];
    return [...this.unwritten, ...entries.filter((entry) => !this.unwritten.some((other) => isSame(entry, other)))];
  }
}

function isSame(entry: unknown, client: StoredClient): boolean {
  return isClient(entry) && entry.identityServer === client.identityServer && entry.id === client.id;
}
