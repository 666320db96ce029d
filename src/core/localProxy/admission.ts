/** A request that has the key and names an environment, ready to be forwarded. */
export interface AdmittedRequest {
  readonly environmentName: string;
  /** What follows the name of the environment: path and query, beginning with `/`. Never leaves the environment. */
  readonly target: string;
  /** What comes before `target` in the address that the client used: `/<key>/<environment>` or `/<environment>`. */
  readonly base: string;
}
