/** One request to the token endpoint: its form body and the kind of answer that a refusal means. */
export interface Grant {
  readonly kind: 'password' | 'refreshToken' | 'oneTimeCode';
  /** Sent as the form body, never in the URL: URLs end in logs. */
  readonly form: Readonly<Record<string, string>>;
}
