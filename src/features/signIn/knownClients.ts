import type { Session } from '../../core/model/session';
import type { Client } from '../../core/oauth/client';
import type { ClientStore } from '../../core/storage/clientStore';
import type { Environment } from '../../editor/settings/environments';
import type { SignInRequest } from '../../editor/signIn';
import type { Draft } from './draft';

/** The stored clients of the identity servers that the user can choose, read once when a sign-in starts. */
export class KnownClients {
  private constructor(
    private readonly byServer: ReadonlyMap<string, readonly Client[]>,
    private readonly environments: readonly Environment[],
    private readonly request: SignInRequest,
    private readonly sessions: readonly Session[],
  ) {}

  /** @throws {Failure} `sessionsUnreadable` when the keyring does not answer */
  static async load(
    clients: ClientStore,
    servers: readonly string[],
    environments: readonly Environment[],
    request: SignInRequest,
    sessions: readonly Session[],
  ): Promise<KnownClients> {
    const entries = await Promise.all(servers.map(async (server) => [server, await clients.list(server)] as const));
    return new KnownClients(new Map(entries), environments, request, sessions);
  }

  /** The clients that Reltio gave the user. No other sign-in can use a client that a login page registered. */
  list(draft: Draft): readonly Client[] {
    const all = this.byServer.get(draft.identityServer ?? '') ?? [];
    return all.filter(({ registeredFor }) => registeredFor === undefined);
  }

  /** The client id that belongs to the account: no other client can sign it in. */
  get requiredId(): string | undefined {
    return this.request.clientId;
  }

  /** The client id that the account or the environment's setting requires. */
  fixedId(draft: Draft): string | undefined {
    const named = this.environments
      .filter((one) => one.identityServer === draft.identityServer)
      .map((one) => one.clientId);
    const [only, ...others] = new Set(named);
    return this.request.clientId ?? (others.length === 0 ? only : undefined);
  }

  /** The client to sign in with; undefined if the user must be asked. */
  of(draft: Draft): Client | undefined {
    const { client: chosen, isOther } = draft.client ?? {};
    if (chosen !== undefined || isOther === true) {
      return chosen;
    }
    const id = this.fixedId(draft);
    const isMeant = (client: Client): boolean => (id === undefined ? !this.isAccount(client, draft) : client.id === id);
    const [only, ...others] = this.list(draft).filter(isMeant);
    return others.length === 0 ? only : undefined;
  }

  /** Whether all that it has signed in is itself: Reltio seldom lets such a client sign users in too. */
  private isAccount({ id }: Client, { identityServer }: Draft): boolean {
    const its = this.sessions.filter(
      ({ account }) => account.identityServer === identityServer && account.clientId === id,
    );
    return its.length > 0 && its.every(({ renewal }) => renewal === 'clientAgain');
  }
}
