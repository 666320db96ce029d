import { randomInt } from 'node:crypto';
import type { Grant } from './grants';

/** How a client may prove who it is, in the words of RFC 7591. */
export type ClientAuthentication = 'client_secret_basic' | 'client_secret_post' | 'none';

/** One registered client. A test may change what is not `readonly` at any time. */
export interface Client {
  readonly id: string;
  /** Empty for a client without one. `IdentityServer.changeSecret` changes it. */
  readonly secret: string;
  /** The `Authorization` header Reltio would issue for it: raw base64 of `id:secret`, nothing percent-encoded. */
  readonly basic: string;
  grants: Grant[];
  scopes: string[];
  authenticatesBy: ClientAuthentication[];
  /** Tenant ids that the client's own token has access to. */
  tenants: string[];
  /** Where it may send a browser; without a list the policy `allowedRedirects` says that. */
  redirects?: string[];
}

export type ClientLimits = Partial<Pick<Client, 'grants' | 'scopes' | 'authenticatesBy' | 'tenants' | 'redirects'>>;

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
const browserGrants: readonly Grant[] = ['authorization_code', 'refresh_token'];

/** The clients this server knows. Every secret except the documented one is new at every start. */
export class Clients {
  private list: Client[] = [];

  constructor() {
    this.add('reltio_ui', 'secret');
    this.add('acme_dev', randomSecret());
    this.add('acme_reports', randomSecret(), { scopes: ['entities_api', 'relations_api'] });
    this.add('acme_batch', randomSecret(), { grants: ['client_credentials'] });
    this.add('acme_postman', randomSecret(), {
      grants: ['client_credentials'],
      authenticatesBy: ['client_secret_post'],
    });
    this.add('acme_web', randomSecret(), { grants: [...browserGrants] });
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

  /** May use client credentials only, and so not the password grant. */
  get batch(): Client {
    return this.get('acme_batch');
  }

  /** Like `batch`, but must send its secret in the body. */
  get inBody(): Client {
    return this.get('acme_postman');
  }

  /** Signs users in through the browser. */
  get browser(): Client {
    return this.get('acme_web');
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

  add(id: string, secret: string, limits: ClientLimits = {}): Client {
    const client: Client = {
      id,
      secret,
      get basic() {
        return `Basic ${Buffer.from(`${this.id}:${this.secret}`).toString('base64')}`;
      },
      grants: limits.grants ?? [...userGrants],
      scopes: limits.scopes ?? [...everyScope],
      authenticatesBy: limits.authenticatesBy ?? ['client_secret_basic'],
      ...(limits.redirects === undefined ? {} : { redirects: limits.redirects }),
      tenants: limits.tenants ?? ['AcmeDev01', 'AcmeTest01'],
    };
    this.list.push(client);
    return client;
  }

  /** Gives a client a new random secret. */
  changeSecret(client: Client): void {
    Object.assign(client, { secret: randomSecret() });
  }

  remove(client: Client): void {
    this.list = this.list.filter((kept) => kept !== client);
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
