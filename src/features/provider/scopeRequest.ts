import * as l10n from '@vscode/l10n';
import { displayText, displayList } from '../../core/base/displayText';
import type { Session } from '../../core/model/session';
import type { Environment } from '../../editor/settings/environments';
import { Refusal } from './refusal';

export const environmentPrefix = 'RELTIO_ENVIRONMENT:';

/** Reltio has about 20 scopes. */
const maxScopes = 64;
/** In characters. */
const maxScopeLength = 200;

/**
 * The scopes that another extension requests, parsed once. `RELTIO_ENVIRONMENT:<name>` selects an environment's identity
 * server, and its client if it names one. It is not sent to Reltio. All other scopes must have been granted.
 */
export class ScopeRequest {
  private constructor(
    /** Exactly as requested: VS Code compares them with the scopes of the session that it gets. */
    readonly original: readonly string[],
    readonly environment: Environment | undefined,
    private readonly wanted: readonly string[],
  ) {}

  /**
   * @param ignored why an environment of the settings cannot be used, by its name
   * @throws {Refusal} for invalid scopes, and for an environment that is not in the settings or cannot be used
   */
  static parse(
    scopes: readonly string[],
    environments: readonly Environment[],
    ignored: ReadonlyMap<string, string> = new Map(),
  ): ScopeRequest {
    requireReadable(scopes);
    const names = new Set(
      scopes
        .filter((scope) => scope.startsWith(environmentPrefix))
        .map((scope) => scope.slice(environmentPrefix.length).trim()), // as the names in the settings
    );
    const wanted = scopes.filter((scope) => !scope.startsWith(environmentPrefix));
    const [name, ...others] = names;
    if (name === undefined) {
      return new ScopeRequest(scopes, undefined, wanted);
    }
    if (others.length > 0) {
      throw new Refusal(l10n.t('Ask for one Reltio environment at a time, not for {0}.', displayList([...names])));
    }
    const environment = environments.find((one) => one.name === name);
    if (environment === undefined) {
      const says = `${l10n.t('There is no Reltio environment "{0}".', displayText(name))} ${knownNames(environments)}`;
      throw new Refusal(ignored.get(name) ?? says);
    }
    return new ScopeRequest(scopes, environment, wanted);
  }

  /** Whether the request accepts this session. */
  fits(session: Session): boolean {
    return this.isOfEnvironment(session) && this.missing(session).length === 0;
  }

  /** Whether the environment accepts this account: by its identity server, and by its client if it names one. */
  isOfEnvironment({ account }: Session): boolean {
    const { environment } = this;
    return (
      environment === undefined ||
      (account.identityServer === environment.identityServer &&
        (environment.clientId === undefined || account.clientId === environment.clientId))
    );
  }

  /** The scopes that were requested but not granted. If the server did not say what it granted, none is missing. */
  missing(session: Session): readonly string[] {
    const { scopes } = session.tokens;
    return scopes === undefined ? [] : this.wanted.filter((scope) => !scopes.includes(scope));
  }
}

/**
 * Requires at most `maxScopes` scopes, each a `scope-token` of RFC 6749 section 3.3. The name of an environment may have
 * any characters, as in the settings.
 *
 * @throws {Refusal} without the requested text, which may be meant to mislead its reader
 */
function requireReadable(scopes: readonly unknown[]): void {
  if (scopes.length > maxScopes || !scopes.every(isScope)) {
    throw new Refusal(
      l10n.t(
        'These are not Reltio scopes, so the request was refused. The requesting extension must pass at most {0}, each of at most {1} printable ASCII characters, such as "entities_api".',
        maxScopes,
        maxScopeLength,
      ),
    );
  }
}

function isScope(scope: unknown): boolean {
  if (typeof scope !== 'string' || scope.length > maxScopeLength) {
    return false;
  }
  return scope.startsWith(environmentPrefix) || /^[\x21\x23-\x5B\x5D-\x7E]+$/.test(scope);
}

function knownNames(environments: readonly Environment[]): string {
  return environments.length === 0
    ? l10n.t('Add it to reltioAuth.environments.')
    : l10n.t(
        'Known environments: {0}. Add others to reltioAuth.environments.',
        displayList(environments.map((one) => one.name)),
      );
}
