import * as v from 'valibot';
import type { Client } from '../oauth/client';
import { Failure } from '../oauth/failure';
import type { Lock, Log, SecretStore } from './ports';
import { SecretDocument } from './secretDocument';
import { SerialQueue } from './serialQueue';

interface StoredClient extends Client {
  readonly identityServer: string;
}

interface ClientDocument {
  /** Those that cannot be read stay where they are: one bad entry must not cost the others. */
  readonly clients: readonly unknown[];
}

/** As for the sessions: the wait for another window that writes (milliseconds). */
const turnPatience = 15_000;

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

/** The client secrets, by identity server and client id, under the secret key `clients`. */
export class ClientStore {
  private readonly document: SecretDocument<ClientDocument>;
  private readonly queue = new SerialQueue();
  /** What the secret storage refused to keep: good while this window lives. */
  private unwritten: readonly StoredClient[] = [];

  constructor(
    secrets: SecretStore,
    private readonly log: Log,
    private readonly lock: Lock,
  ) {
    this.document = new SecretDocument(secrets, log, 'clients', parseClientDocument);
  }

  /** The clients known for an identity server, the last saved first. */
  async list(identityServer: string): Promise<readonly Client[]> {
    const clients = (await this.read()).filter(isClient);
    return clients.filter((one) => one.identityServer === identityServer).map(({ id, secret }) => ({ id, secret }));
  }

  async find(identityServer: string, id: string): Promise<Client | undefined> {
    return (await this.list(identityServer)).find((client) => client.id === id);
  }

  /** @throws {Failure} `storeNewer` when the document is not ours to write */
  save(identityServer: string, client: Client): Promise<void> {
    return this.queue.run(async () => {
      const turn = await this.lock.acquire('document', turnPatience);
      try {
        await this.saveNow({ identityServer, id: client.id, secret: client.secret });
      } finally {
        await turn?.release();
      }
    });
  }

  private async saveNow(saved: StoredClient): Promise<void> {
    const known = await this.read();
    const last = known.find(isClient);
    if (last !== undefined && isSame(last, saved) && last.secret === saved.secret && this.unwritten.length === 0) {
      return;
    }
    try {
      await this.document.write({ clients: [saved, ...known.filter((other) => !isSame(other, saved))] });
      this.unwritten = [];
    } catch {
      this.unwritten = [saved, ...this.unwritten.filter((other) => !isSame(other, saved))];
      this.log.warn('clients: not written');
    }
  }

  private async read(): Promise<readonly unknown[]> {
    const stored = await this.document.read().catch(() => {
      throw new Failure('sessionsUnreadable');
    });
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
