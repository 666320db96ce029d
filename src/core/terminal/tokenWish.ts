/** Which token a call of `reltio-token` wants, and in which form. */
export interface TokenWish {
  /** The label or the user name of an account. By default, the account in use in the workspace. */
  readonly account?: string;
  /** The name of an environment: its account is used. */
  readonly environment?: string;
  readonly form: 'token' | 'header' | 'json';
  /** For how long the token has to be valid, in seconds. */
  readonly minTtl: number;
}
