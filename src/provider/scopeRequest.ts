import type { Session } from '../sessions/session';
import type { Environment } from '../support/environments';
import { Refusal } from './refusal';

const environmentPrefix = 'RELTIO_ENVIRONMENT:';

/**
 * The scopes another extension asks with, read once. `RELTIO_ENVIRONMENT:<name>` chooses the identity server of an
 * environment, and its client where it names one, and is not sent to Reltio; all others must have been granted.
 */
export class ScopeRequest {
  private constructor(
    /** Exactly as asked: VS Code compares them with those of the session it gets. */
    readonly original: readonly string[],
    readonly environment: Environment | undefined,
    private readonly wanted: readonly string[],
  ) {}

  /**
   * @param leftOut what is wrong with the environments that stand in the settings and cannot be used, by their names
   * @throws {Refusal} a sentence, for an environment that is not in the settings or cannot be used
   */
  static parse(
    scopes: readonly string[],
    environments: readonly Environment[],
    leftOut: ReadonlyMap<string, string> = new Map(),
  ): ScopeRequest {
    const names = new Set(
      scopes
        .filter((scope) => scope.startsWith(environmentPrefix))
        .map((scope) => scope.slice(environmentPrefix.length)),
    );
    const wanted = scopes.filter((scope) => !scope.startsWith(environmentPrefix));
    const [name, ...others] = names;
    if (name === undefined) {
      return new ScopeRequest(scopes, undefined, wanted);
    }
    if (others.length > 0) {
      throw new Refusal(`Ask for one Reltio environment at a time, not for ${[...names].join(' and ')}.`);
    }
    const environment = environments.find((one) => one.name === name);
    if (environment === undefined) {
      throw new Refusal(leftOut.get(name) ?? `There is no Reltio environment "${name}". ${knownNames(environments)}`);
    }
    return new ScopeRequest(scopes, environment, wanted);
  }

  /** Whether a session is one that was asked for. */
  fits(session: Session): boolean {
    return this.isOfEnvironment(session) && this.missing(session).length === 0;
  }

  /** Whether the environment takes this account: by its identity server, and by its client where it names one. */
  isOfEnvironment({ account }: Session): boolean {
    const { environment } = this;
    return (
      environment === undefined ||
      (account.identityServer === environment.identityServer &&
        (environment.clientId === undefined || account.clientId === environment.clientId))
    );
  }

  /** What was asked for and not granted. A server that does not say what it granted refuses nothing. */
  missing(session: Session): readonly string[] {
    const { scopes } = session.tokens;
    return scopes === undefined ? [] : this.wanted.filter((scope) => !scopes.includes(scope));
  }
}

function knownNames(environments: readonly Environment[]): string {
  return environments.length === 0
    ? 'Add it to reltioAuth.environments.'
    : `Known are: ${environments.map((one) => one.name).join(', ')}. Add others to reltioAuth.environments.`;
}
