import type { GenericSchema } from 'valibot';
import type { AuthorizationCode, Grant } from '../oauth/grants';

/** The sign-in method of a session, as stored: its kind, and the details that this kind keeps. */
export interface SignInMethod {
  readonly kind: string;
  /** Its client registered itself, so the user knows no secret of it: only another sign-in replaces it. */
  readonly registersClient?: true;
  readonly [detail: string]: unknown;
}

/** What the user enters to sign in. The secret is never stored. */
export interface Credentials {
  /** Missing if only a client signs in. */
  readonly user?: string;
  /** A password, or another proof of who signs in; missing if the client's own secret is the proof. */
  readonly secret?: string;
  /** What a sign-in in the browser returned. */
  readonly code?: AuthorizationCode;
}

/**
 * How a session gets its next token. To add another way, add it here: the compiler shows what else to change.
 *
 * `clientAgain`: the client asks again with its own secret, once the token has expired and not before, because Reltio
 * returns the same token until then (its page "Multi Token Support").
 */
export const renewals = ['refreshToken', 'clientAgain', 'none'] as const;
export type Renewal = (typeof renewals)[number];

/**
 * A kind of sign-in, as far as the core needs it. Its functions only receive values that its own schema has parsed.
 *
 * @typeParam T what is stored of it
 */
export interface CoreMethod<T extends SignInMethod = SignInMethod> {
  readonly kind: T['kind'];
  readonly schema: GenericSchema<unknown, T>;
  readonly renewal: Renewal;
  /** The request that asks for the tokens. Missing if the user pastes the token. */
  grant?(method: T, credentials: Credentials): Grant;
}

/** The method of that kind. Every stored session has one: an entry that no schema accepts is not read as a session. */
export function methodOf<M extends { readonly kind: string }>(
  methods: readonly M[],
  { kind }: Pick<SignInMethod, 'kind'>,
): M {
  const found = methods.find((method) => method.kind === kind);
  if (found === undefined) {
    throw new Error('There is no sign-in method of this kind.');
  }
  return found;
}
