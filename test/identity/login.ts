import type { Client } from './clients';
import type { Route } from './codes';
import type { User } from './users';

/** An access token; `expiresAt` is in milliseconds. */
export interface Access {
  readonly value: string;
  expiresAt: number;
}

/** One sign-in of a user, or of a client itself. */
export interface Login {
  readonly user: User;
  readonly client: Client;
  readonly route: Route;
  refreshToken: string;
  refreshExpiresAt: number;
  /** The newest access token; undefined once revoked. */
  access: Access | undefined;
}
