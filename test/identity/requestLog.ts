import type { IncomingHttpHeaders } from 'node:http';
import type { Call } from './call';
import { parameter } from './call';
import type { Identity } from './identity';

/** One request as received. It contains secrets: print only `summary`. */
export interface LoggedRequest {
  /** When it was read, in milliseconds by the server's clock. */
  readonly time: number;
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly headers: IncomingHttpHeaders;
  /** Empty where the connection was reset before reading. */
  readonly form: Readonly<Record<string, string>>;
  /** The `grant_type` of a token call. */
  readonly grant: string | undefined;
  /** The client of the Basic header or of the body; undefined if neither names one that is known. */
  readonly clientId: string | undefined;
  /**
   * The URL contained a password, token, code or client secret. `/oauth/revoke?token=` and the page at which a browser
   * arrives with its code are the exceptions.
   */
  readonly secretInUrl: boolean;
  /** The status sent, or undefined: not answered yet, never answered, or reset. */
  status: number | undefined;
  /** The `kind` of the fault that was applied. */
  fault: string | undefined;
  /** For example `POST /oauth/token refresh_token by acme_dev: 200`. No user, no secret. */
  readonly summary: string;
}

const secretNames = [
  'password',
  'refresh_token',
  'access_token',
  'token',
  'state_token',
  'totp',
  'client_secret',
  'code',
];

/** Every request since the start or the last `clear()`, in the order in which they were read. */
export class RequestLog {
  private entries: LoggedRequest[] = [];
  private waiting: { readonly path: string | undefined; readonly resolve: (entry: LoggedRequest) => void }[] = [];

  constructor(private readonly identity: Identity) {}

  get all(): readonly LoggedRequest[] {
    return this.entries;
  }

  /** The calls of `/oauth/token`, of one grant type or of all. */
  tokenCalls(grant?: string): readonly LoggedRequest[] {
    return this.to('/oauth/token').filter((entry) => grant === undefined || entry.grant === grant);
  }

  to(path: string): readonly LoggedRequest[] {
    return this.entries.filter((entry) => entry.path === path);
  }

  clear(): void {
    this.entries = [];
  }

  /** The next request that arrives, to this path or to any. It is not answered yet at that time. */
  arrival(path?: string): Promise<LoggedRequest> {
    return new Promise((resolve) => this.waiting.push({ path, resolve }));
  }

  add(call: Call): LoggedRequest {
    const { method, path, query, headers, form } = call;
    const grant = path === '/oauth/token' ? parameter(call, 'grant_type') : undefined;
    const { clients } = this.identity;
    const clientId = (clients.byHeader(headers.authorization) ?? clients.find(form['client_id'] ?? ''))?.id;
    const entry: LoggedRequest = {
      time: this.identity.clock(),
      method,
      path,
      query,
      headers,
      form,
      grant,
      clientId,
      secretInUrl: this.hasSecretInUrl(call),
      status: undefined,
      fault: undefined,
      get summary() {
        const by = clientId === undefined ? '' : ` by ${clientId}`;
        const faultText = this.fault === undefined ? '' : ` (${this.fault})`;
        return `${method} ${path}${grant === undefined ? '' : ` ${grant}`}${by}: ${this.status ?? 'no answer'}${faultText}`;
      },
    };
    this.entries.push(entry);
    const notified = this.waiting.filter((waiter) => waiter.path === undefined || waiter.path === path);
    this.waiting = this.waiting.filter((waiter) => !notified.includes(waiter));
    notified.forEach(({ resolve }) => {
      resolve(entry);
    });
    return entry;
  }

  private hasSecretInUrl({ path, query }: Call): boolean {
    const { users, clients, tokens, codes } = this.identity;
    const secrets = [
      ...users.all().flatMap((user) => [user.password, user.idpAccessToken, user.secret]),
      ...clients.all().flatMap((client) => [client.secret, client.basic]),
    ];
    const isSecret = (value: string) => secrets.includes(value) || tokens.knows(value) || codes.issued.includes(value);
    const isDocumented = (name: string) =>
      (path === '/oauth/revoke' && name === 'token') || (path === '/oauth/callback' && name === 'code');
    return (
      Object.entries(query).some(
        ([name, value]) => value !== '' && (secretNames.includes(name) || isSecret(value)) && !isDocumented(name),
      ) || path.split('/').some((segment) => isSecret(decoded(segment)))
    );
  }
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
