import { randomInt } from 'node:crypto';
import type { Grant } from './grants';

/** One registered client. `scopes` and `grants` may be changed by a test at any time. */
export interface Client {
  readonly id: string;
  readonly secret: string;
  /** The `Authorization` header Reltio would issue for it: raw base64 of `id:secret`, nothing percent-encoded. */
  readonly basic: string;
  grants: Grant[];
  scopes: string[];
}

/** Every scope Reltio documents or shows in a sample. */
const everyScope: readonly string[] = [
  'configuration_api',
  'entities_api',
  'graphs_api',
  'groups_api',
  'interactions_api',
  'relations_api',
];

const userGrants: readonly Grant[] = ['password', 'refresh_token', 'state_token'];

/** The clients this server knows. Every secret except the documented one is new at every start. */
export class Clients {
  private readonly list: Client[] = [];

  constructor() {
    this.add('reltio_ui', 'secret');
    this.add('acme_dev', randomSecret());
    this.add('acme_reports', randomSecret(), { scopes: ['entities_api', 'relations_api'] });
    this.add('acme_batch', randomSecret(), { grants: ['client_credentials'] });
  }

  /** `reltio_ui` with the secret printed in Reltio's documentation. */
  get documented(): Client {
    return this.get('reltio_ui');
  }

  /** Has the same rights as `reltio_ui`, with a random secret. */
  get own(): Client {
    return this.get('acme_dev');
  }

  /** Gets only two scopes. */
  get fewScopes(): Client {
    return this.get('acme_reports');
  }

  /** May not use the password grant. */
  get withoutPasswordGrant(): Client {
    return this.get('acme_batch');
  }

  all(): readonly Client[] {
    return this.list;
  }

  find(id: string): Client | undefined {
    return this.list.find((client) => client.id === id);
  }

  /** Like `find`, but throws an error that names the known clients. */
  get(id: string): Client {
    const client = this.find(id);
    if (!client) {
      throw new Error(`No client ${id}; there are ${this.list.map((known) => known.id).join(', ')}.`);
    }
    return client;
  }

  add(id: string, secret: string, limits: { grants?: Grant[]; scopes?: string[] } = {}): Client {
    const client: Client = {
      id,
      secret,
      basic: `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`,
      grants: [...(limits.grants ?? userGrants)],
      scopes: [...(limits.scopes ?? everyScope)],
    };
    this.list.push(client);
    return client;
  }

  /**
   * The client that an `Authorization` header authenticates. The base64 is compared as sent, as Reltio does: an id that
   * was percent-encoded first, as RFC 6749 section 2.3.1 requires, is not recognised.
   */
  byHeader(header: string | undefined): Client | undefined {
    const sent = /^Basic +(\S+)$/i.exec(header ?? '')?.[1];
    return sent === undefined ? undefined : this.list.find((client) => client.basic === `Basic ${sent}`);
  }
}

// Contains three characters that form-encoding, URL decoding or a careless split at the colon would change, so that a
// header built the wrong way never passes by luck.
function randomSecret(): string {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
  const pick = (count: number) =>
    Array.from({ length: count }, () => letters.charAt(randomInt(letters.length))).join('');
  return `${pick(10)}%${pick(9)}+${pick(5)}:${pick(5)}`;
}
