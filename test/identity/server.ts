import { createServer, type RequestListener } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { Client, Clients } from './clients';
import { type Clock, systemClock } from './clock';
import { type Fault, Faults } from './faults';
import { newIdentity } from './identity';
import type { Policy } from './policy';
import { RequestLog } from './requestLog';
import { serve } from './serve';
import type { Challenge } from './stateTokens';
import { tenants, type Tenant } from './tenants';
import type { User, Users } from './users';

export type { Challenge, Client, Fault, Policy, User };

/** An e-mail with a one-time code. */
export interface Mail {
  readonly to: string;
  readonly code: string;
}

export interface Options {
  /** 0, the default, takes any free one. */
  readonly port: number;
  /** PEM texts; with them the server speaks https. */
  readonly tls: { readonly key: string; readonly cert: string };
  /** The server's whole sense of time but for the pauses of faults. */
  readonly clock: Clock;
  readonly policy: Partial<Policy>;
  /** Called when a code is "mailed". */
  readonly onMail: (mail: Mail) => void;
  /** Called when a password was right and a code of either kind is awaited. */
  readonly onChallenge: (challenge: Challenge) => void;
}

export interface IdentityServer {
  /** For example `http://127.0.0.1:41234`, no slash at the end. */
  readonly url: string;
  readonly port: number;
  readonly users: Users;
  readonly clients: Clients;
  readonly tenants: readonly Tenant[];
  /** Change it at any time: it counts from the next request on. */
  readonly policy: Policy;
  readonly requests: RequestLog;
  readonly faults: Faults;
  /** Ends the access tokens of one user, or of all, as if their time were over. */
  expireAccessTokens(userName?: string): void;
  /** Makes the refresh tokens of one user, or of all, unknown; access tokens live on. */
  killRefreshTokens(userName?: string): void;
  /** A login whose two tokens are chosen by the test. */
  plant(pair: { userName: string; clientId: string; accessToken: string; refreshToken: string }): void;
  unlock(userName: string): void;
  /** Every access and refresh token made so far, for tests that search for them where they must not be. */
  mintedTokens(): readonly string[];
  /** Ends every connection, hanging ones too. */
  close(): Promise<void>;
}

/** A Reltio identity server with a small data API beside it, on loopback only. */
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
    // Taken now: Node takes the socket away from a request that was cut short.
    const { socket } = request;
    serve({ identity, requests, faults }, request, response).catch(() => {
      socket.destroy();
    });
  };
  const server = options.tls ? createTlsServer(options.tls, listener) : createServer(listener);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `${options.tls ? 'https' : 'http'}://127.0.0.1:${port}`,
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
    killRefreshTokens: (userName) => {
      tokens.killRefresh(userName === undefined ? undefined : users.get(userName));
    },
    plant: ({ userName, clientId, accessToken, refreshToken }) => {
      tokens.begin(users.get(userName), clients.get(clientId), accessToken, refreshToken);
    },
    unlock: (userName) => {
      lockout.unlock(users.get(userName));
    },
    mintedTokens: () => tokens.minted,
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}
