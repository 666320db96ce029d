import { isDeepStrictEqual } from 'node:util';
import * as v from 'valibot';
import type { Client } from '../oauth/client';
import { Failure } from '../base/failure';
import type { Clock } from '../base/clock';
import type { Unsubscribe } from '../base/emitter';
import type { Log } from '../base/log';
import type { Lock } from '../locking/lock';
import { isForgottenSince } from '../model/forgotten';
import type { SecretStore } from './secretStore';
import type { DocumentFormat } from './documentFormat';
import { LockedDocument } from './lockedDocument';
import { SecretDocument } from './secretDocument';

interface StoredClient extends Client {
  readonly identityServer: string;
}

interface ClientDocument {
  /** Includes entries that cannot be read, so that one bad entry does not lose the others. */
  readonly clients: readonly unknown[];
}

/** For this long, another window may write without having seen this window's write (milliseconds). */
const lateWrite = 2_000;

const text = v.pipe(v.string(), v.nonEmpty());
const name = { identityServer: text, id: text, registeredFor: v.exactOptional(text) };
const clientSchema = v.union([
  v.object({ ...name, secret: text, authentication: v.exactOptional(v.literal('client_secret_post')) }),
  v.object({ ...name, secret: v.literal(''), authentication: v.literal('none') }),
]);
const schema = v.object({ clients: v.array(v.unknown()) });

const clientFormat: DocumentFormat<ClientDocument> = {
  key: 'clients',
  upgrades: [],
  parse(json) {
    const parsed = v.safeParse(schema, json);
    return parsed.success ? parsed.output : undefined;
  },
};

const empty: ClientDocument = { clients: [] };

/** The client secrets, by identity server and client id, under the secret key `clients`. */
export class ClientStore {
  private readonly stored: SecretDocument<ClientDocument>;
  private readonly document: LockedDocument<ClientDocument>;
  private last: { readonly client: StoredClient; readonly savedAt: number } | undefined;

  constructor(
    private readonly secrets: SecretStore,
    private readonly log: Log,
    lock: Lock,
    private readonly clock: Clock,
    private readonly forgottenAt: () => number | undefined = () => undefined,
  ) {
    this.stored = new SecretDocument(secrets, log, clientFormat);
    this.document = new LockedDocument(
      {
        read: () => this.read(),
        known: () => this.unwritten,
        toWrite: (document) => document,
        write: async (document) => {
          await this.stored.write(document);
          const [client] = document.clients.filter(isClient);
          this.last = client === undefined ? undefined : { client, savedAt: clock.now() };
        },
        show: () => undefined,
      },
      { name: 'clients', lock, clock, log },
    );
  }

  /** The clients known for an identity server, the most recently saved first. */
  async list(identityServer: string): Promise<readonly Client[]> {
    return clientsOf(await this.read(), identityServer);
  }

  async find(identityServer: string, id: string): Promise<Client | undefined> {
    const matches = (client: Client): boolean => client.id === id;
    return clientsOf(this.unwritten, identityServer).find(matches) ?? (await this.list(identityServer)).find(matches);
  }

  /**
   * If the secret storage does not answer, or refuses, the client is known in this window and written later.
   *
   * @param asOf when it was known: it is not stored if everything was forgotten since (milliseconds since 1970)
   * @throws {Failure} `storeNewer` when a newer version has written the document
   */
  async save(identityServer: string, client: Client, asOf = this.clock.now()): Promise<void> {
    const isForgotten = (): boolean => isForgottenSince(asOf, this.forgottenAt(), this.clock.now());
    await this.document.changeNowOrLater((document) =>
      isForgotten() ? document : withFirst(document, { identityServer, ...onlyClient(client) }),
    );
  }

  /** Removes every client, also those that could not be written, and whatever a newer version has stored. */
  async forget(): Promise<void> {
    this.last = undefined;
    await this.secrets.delete(this.stored.key);
    await this.document.change(() => empty);
    await this.secrets.delete(this.stored.key);
  }

  /**
   * Until the returned function is called, saves a client again that another window has overwritten without having seen
   * it: other windows can read what `secrets.store` wrote only some 100 ms later.
   */
  watch(): Unsubscribe {
    return this.secrets.onDidChange((key) => {
      const { last } = this;
      if (key !== this.stored.key || last === undefined || this.clock.now() - last.savedAt > lateWrite) {
        return;
      }
      this.read()
        .then(async ({ clients }) => {
          const isForgotten = isForgottenSince(last.savedAt, this.forgottenAt(), this.clock.now());
          if (!isForgotten && clients.length > 0 && !clients.some((entry) => isSame(entry, last.client))) {
            await this.save(last.client.identityServer, last.client);
          }
        })
        .catch(() => {
          this.log.warn('clients: not read');
        });
    });
  }

  /** The clients that could not be written. This window uses them while it is open. */
  private get unwritten(): ClientDocument {
    return this.document.withUnwritten(empty, this.forgottenAt());
  }

  private async read(): Promise<ClientDocument> {
    const stored = await this.stored.readInTime(this.clock);
    if (stored.kind === 'newer') {
      throw new Failure('storeNewer');
    }
    return this.document.withUnwritten(stored.kind === 'ok' ? stored.value : empty, this.forgottenAt());
  }
}

function isClient(entry: unknown): entry is StoredClient {
  return v.is(clientSchema, entry);
}

function isSame(entry: unknown, client: StoredClient): boolean {
  return isClient(entry) && entry.identityServer === client.identityServer && entry.id === client.id;
}

function clientsOf({ clients }: ClientDocument, identityServer: string): readonly Client[] {
  return clients
    .filter(isClient)
    .filter((one) => one.identityServer === identityServer)
    .map(onlyClient);
}

function onlyClient({ id, secret, authentication, registeredFor }: Client): Client {
  return {
    id,
    secret,
    ...(authentication === undefined ? {} : { authentication }),
    ...(registeredFor === undefined ? {} : { registeredFor }),
  };
}

function withFirst(document: ClientDocument, client: StoredClient): ClientDocument {
  const isUnchanged = isDeepStrictEqual(document.clients.find(isClient), client);
  return isUnchanged ? document : { clients: [client, ...document.clients.filter((other) => !isSame(other, client))] };
}
