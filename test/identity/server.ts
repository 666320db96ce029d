import { createServer, type RequestListener } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { Client, Clients } from './clients';
import { type Clock, systemClock } from './clock';
import { type Fault, Faults } from './faults';
import type { HostedPart } from './hostedPart';
import { newIdentity } from './identity';
import type { Policy } from './policy';
import { RequestLog } from './requestLog';
import { serve } from './serve';
import type { Challenge } from './stateTokens';
import { tenants, type Tenant } from './tenants';
import type { Users } from './users';

export type { Challenge, Client, Fault, Policy };

/** An e-mail with a one-time code. */
export interface Mail {
  readonly to: string;
  readonly code: string;
}

export interface Options {
  /** 0, the default, means any free port. */
  readonly port: number;
  /** PEM texts; with them the server uses https. */
  readonly tls: { readonly key: string; readonly cert: string };
  /** The only clock of the server, except for the delays of faults. */
  readonly clock: Clock;
  readonly policy: Partial<Policy>;
  /** A part of the environment that answers with streams. */
  readonly hosted: HostedPart;
  /** Called when a code is "mailed". */
  readonly onMail: (mail: Mail) => void;
  /** Called when a password was right and a one-time code is needed. */
  readonly onChallenge: (challenge: Challenge) => void;
}

export interface IdentityServer {
  /** For example `http://127.0.0.1:41234`, without a trailing slash. */
  readonly url: string;
  readonly port: number;
  readonly users: Users;
  readonly clients: Clients;
  readonly tenants: readonly Tenant[];
  /** May be changed at any time: a change applies from the next request on. */
  readonly policy: Policy;
  readonly requests: RequestLog;
  readonly faults: Faults;
  /** Makes the access tokens of one user, or of all, expire now. */
  expireAccessTokens(userName?: string): void;
  /** Makes the refresh tokens of one user, or of all, invalid; access tokens stay valid. */
  invalidateRefreshTokens(userName?: string): void;
  /** Adds a login whose two tokens are chosen by the test. */
  addLogin(pair: { userName: string; clientId: string; accessToken: string; refreshToken: string }): void;
  /** Gives a client a new secret and revokes the client's own tokens, as Reltio does. */
  changeSecret(clientId: string): void;
  unlock(userName: string): void;
  /** Every access and refresh token issued so far, for tests that search for them where they must not be. */
  issuedTokens(): readonly string[];
  /** Every authorization code issued so far. */
  issuedCodes(): readonly string[];
  /** Closes every connection, hanging ones too. */
  close(): Promise<void>;
}

/** A Reltio identity server with a small data API, on loopback only. */
export async function startIdentityServer(options: Partial<Options> = {}): Promise<IdentityServer> {
  const identity = newIdentity(options.clock ?? systemClock, options.policy ?? {}, (challenge) => {
    options.onChallenge?.(challenge);
    if (challenge.mailed !== undefined) {
      options.onMail?.({ to: challenge.user.email, code: challenge.mailed });
    }
  });
  const { users, clients, tokens, policy, lockout } = identity;
  const requests = new RequestLog(identity);
  const faults = new Faults();
  const listener: RequestListener = (request, response) => {
    // Read now: Node removes the socket from a request that was cut short.
    const { socket } = request;
    serve({ identity, requests, faults, hosted: options.hosted }, request, response).catch(() => {
      socket.destroy();
    });
  };
  const server = options.tls ? createTlsServer(options.tls, listener) : createServer(listener);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  tokens.address = `${options.tls ? 'https' : 'http'}://127.0.0.1:${port}`;
  return {
    url: tokens.address,
    port,
    users,
    clients,
    tenants,
    policy,
    requests,
    faults,
    expireAccessTokens: (userName) => {
      tokens.expireAccess(userName === undefined ? undefined : users.get(userName));
    },
    invalidateRefreshTokens: (userName) => {
      tokens.invalidateRefresh(userName === undefined ? undefined : users.get(userName));
    },
    addLogin: ({ userName, clientId, accessToken, refreshToken }) => {
      const login = { user: users.get(userName), client: clients.get(clientId), route: 'identityServer' } as const;
      tokens.startLogin(login, accessToken, refreshToken);
    },
    changeSecret: (clientId) => {
      clients.changeSecret(clients.get(clientId));
      tokens.revokeOfClient(clients.get(clientId));
    },
    unlock: (userName) => {
      lockout.unlock(users.get(userName));
    },
    issuedTokens: () => tokens.issued,
    issuedCodes: () => identity.codes.issued,
    close: async () => {
      await options.hosted?.close();
      await new Promise<void>((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      });
    },
  };
}
