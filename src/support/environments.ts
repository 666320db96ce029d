import * as v from 'valibot';
import { checkAddress, normaliseSuffix, type AddressProblem, type TrustedSuffixes } from '../network/trustedHosts';
import { defaultIdentityServer } from './defaultIdentityServer';

/** Where a token is used. */
export interface Environment {
  readonly name: string;
  /** API origin, such as `https://dev.reltio.com`. */
  readonly url: string;
  /** Origin of the identity server it trusts. */
  readonly identityServer: string;
  readonly tenant: string | undefined;
  readonly production: boolean;
  readonly clientId: string | undefined;
}

/** What `reltioAuth.environments` comes to. */
export interface ParsedEnvironments {
  readonly environments: readonly Environment[];
  /** One sentence for each entry that cannot be used. */
  readonly problems: readonly string[];
  /** The same sentences by the name of the environment, where it has one. */
  readonly leftOut: ReadonlyMap<string, string>;
}

const entrySchema = v.object({
  name: v.pipe(v.string(), v.trim(), v.nonEmpty()),
  url: v.string(),
  authUrl: v.optional(v.string(), defaultIdentityServer),
  tenant: v.optional(v.pipe(v.string(), v.trim())),
  production: v.optional(v.boolean(), false),
  clientId: v.optional(v.pipe(v.string(), v.trim())),
});

const namedSchema = v.object({ name: v.string() });

/** Reads `reltioAuth.environments`. Entries that cannot be used are left out, each with one sentence that says why. */
export function parseEnvironments(value: unknown, trusted: TrustedSuffixes): ParsedEnvironments {
  const environments: Environment[] = [];
  const problems: string[] = [];
  const leftOut = new Map<string, string>();
  if (!Array.isArray(value)) {
    problems.push('reltioAuth.environments must be a list of { name, url } entries.');
    return { environments, problems, leftOut };
  }
  const leaveOut = (name: string | undefined, problem: string): void => {
    problems.push(problem);
    if (name !== undefined) {
      leftOut.set(name, problem);
    }
  };
  value.forEach((entry: unknown, index) => {
    const parsed = v.safeParse(entrySchema, entry);
    if (!parsed.success) {
      const field = v.getDotPath(parsed.issues[0]) ?? 'the entry';
      const problem = `reltioAuth.environments: entry ${index + 1} is not usable. Correct "${field}".`;
      leaveOut(v.is(namedSchema, entry) ? entry.name.trim() : undefined, problem);
      return;
    }
    const { name, url, authUrl, tenant, production, clientId } = parsed.output;
    if (environments.some((other) => other.name === name)) {
      problems.push(`reltioAuth.environments: "${name}" stands there twice. Give each environment its own name.`);
      return;
    }
    const api = checkAddress(url, trusted);
    const identityServer = checkAddress(authUrl, trusted);
    if (!api.ok || !identityServer.ok) {
      const [setting, wrong] = !api.ok ? (['url', api] as const) : (['authUrl', identityServer] as const);
      if (!wrong.ok) {
        leaveOut(name, `Environment "${name}", ${setting}: ${describeAddressProblem(wrong.problem, wrong.host)}`);
      }
      return;
    }
    environments.push({
      name,
      url: api.origin,
      identityServer: identityServer.origin,
      tenant: tenant === '' ? undefined : tenant,
      production,
      clientId: clientId === '' ? undefined : clientId,
    });
  });
  return { environments, problems, leftOut };
}

/** Reads `reltioAuth.trustedHosts`. The default always counts for itself; an entry that is no suffix is left out. */
export function parseTrustedHosts(
  value: unknown,
  isPublicSuffix: (name: string) => boolean,
): { readonly trusted: TrustedSuffixes; readonly problems: readonly string[] } {
  if (!Array.isArray(value)) {
    return { trusted: [], problems: ['reltioAuth.trustedHosts must be a list of host names such as "reltio.com".'] };
  }
  const trusted: string[] = [];
  const problems: string[] = [];
  for (const entry of value as unknown[]) {
    const suffix = typeof entry === 'string' ? normaliseSuffix(entry) : undefined;
    const shown = typeof entry === 'string' ? `"${entry}"` : 'an entry';
    if (suffix === undefined) {
      problems.push(
        `reltioAuth.trustedHosts: ${shown} is not a host name with at least two parts. Write it like "acme.com".`,
      );
    } else if (isPublicSuffix(suffix)) {
      problems.push(`reltioAuth.trustedHosts: everybody can get a host under ${shown}. Name your own domain.`);
    } else {
      trusted.push(suffix);
    }
  }
  return { trusted, problems };
}

/** Shows the host only: an address may hold a password. */
export function describeAddressProblem(problem: AddressProblem, host: string | undefined): string {
  switch (problem) {
    case 'notAnAddress':
      return 'this is not an address. Write it like https://auth.reltio.com.';
    case 'credentialsInside':
      return 'take the user name and password out of the address.';
    case 'moreThanAnOrigin':
      return `give the address only, without a path: https://${host ?? 'auth.reltio.com'}.`;
    case 'notHttps':
      return `${host ?? 'this host'} must be reached with https://. Plain http is for this machine only.`;
    case 'notTrusted':
      return `${host ?? 'this host'} is not a trusted host. If it is yours, add it to reltioAuth.trustedHosts.`;
  }
}
