/** An environment, as far as the local proxy needs it. */
export interface ProxiedEnvironment {
  readonly name: string;
  /** API origin, such as `https://dev.reltio.com`. */
  readonly url: string;
  /** Origin of the identity server it trusts. */
  readonly identityServer: string;
  /** Only accounts of this client fit, if there is one. */
  readonly clientId: string | undefined;
  /** The id of the tenant, if the settings name one. */
  readonly tenant?: string | undefined;
  readonly production: boolean;
}
