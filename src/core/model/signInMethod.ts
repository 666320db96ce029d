import type { GenericSchema } from 'valibot';
import type { Grant } from '../oauth/grants';

/** What is stored of the way in which a session was signed in: its kind, and what that kind of method keeps besides. */
export interface SignInMethod {
  readonly kind: string;
  readonly [detail: string]: unknown;
}

/** What one sign-in is granted for. The secret is never stored. */
export interface Credentials {
  /** Missing where no user signs in, only a client. */
  readonly user?: string;
  /** A password, or whatever else proves who signs in; missing where the client's own secret is the proof. */
  readonly secret?: string;
}

/** How a session gets its next token. `howItRefreshes` decides; a third way begins here, and the compiler leads there. */
export type Renewal = 'refreshToken' | 'none';

/**
 * A kind of sign-in, as far as the core needs it. Its functions are only given what its own schema has parsed.
 *
 * @typeParam T what is stored of it
 */
export interface CoreMethod<T extends SignInMethod = SignInMethod> {
  readonly kind: T['kind'];
  readonly schema: GenericSchema<unknown, T>;
  readonly renewal: Renewal;
  /** The request that asks for the tokens. */
  grant(method: T, credentials: Credentials): Grant;
}

/** The method of that kind. Every stored session has one: what no schema parses is not taken for a session. */
export function methodOf<M extends { readonly kind: string }>(methods: readonly M[], { kind }: SignInMethod): M {
  const found = methods.find((method) => method.kind === kind);
  if (found === undefined) {
    throw new Error('There is no sign-in method of this kind.');
  }
  return found;
}
