import { errorText } from '../oauth/errorFields';
import type { FailedCall, FailureCause, KnownEnvironment, Surroundings } from './failedCall';
import { tenantInPath } from './tenant';

/** The environment that was named, or the one at the address, if there is one. */
export function environmentMeant(
  { address }: Pick<FailedCall, 'address'>,
  { named, environments }: Surroundings,
): KnownEnvironment | undefined {
  return named ?? environments.find(({ url }) => url === address?.url.origin);
}

/** Why the host of the request is not the right one; undefined if nothing says so. */
export function hostFault({ address }: FailedCall, surroundings: Surroundings): FailureCause | undefined {
  const { environments, named } = surroundings;
  if (address === undefined) {
    return undefined;
  }
  const { url, isTrusted, isLocal } = address;
  const isMeant = named === undefined ? environments.some((one) => one.url === url.origin) : named.url === url.origin;
  if (isMeant || isLocal || isForIdentityServer(url)) {
    return undefined;
  }
  if (tenantIds(url, environments).includes(firstLabel(url))) {
    return 'tenantAsHost';
  }
  if (environments.some(({ identityServer }) => identityServer === url.origin)) {
    return 'identityServer';
  }
  if (named !== undefined && isTrusted && isServiceBeside(new URL(named.url), url)) {
    return undefined;
  }
  return named !== undefined ? 'otherHost' : isTrusted ? undefined : 'strangeHost';
}

/**
 * Why the tenant of the request is not the right one; undefined if nothing says so.
 *
 * @param how `said`: only what the answer and the address themselves show. `denied`: access was denied, so that a tenant other
 *   than in the settings is the likely cause, although a token may reach several.
 */
export function tenantFault(
  call: FailedCall,
  surroundings: Surroundings,
  how: 'said' | 'denied',
): FailureCause | undefined {
  const { address, answer } = call;
  const id = address === undefined ? undefined : tenantInPath(address.url.pathname);
  const { environments } = surroundings;
  if (address !== undefined && id !== undefined) {
    const isKnown = environments.some(({ tenant }) => tenant === id);
    const places = [firstLabel(address.url), ...environments.map(({ name }) => name)].map((name) => name.toLowerCase());
    if (!isKnown && places.includes(id.toLowerCase())) {
      return 'hostAsTenant';
    }
  }
  if (unknownTenant.test(errorText(answer.fields))) {
    return 'tenantUnknown';
  }
  const meant = environmentMeant(call, surroundings);
  const ofHost = environments.filter(({ url }) => url === meant?.url).map(({ tenant }) => tenant);
  const isOther = id !== undefined && ofHost.length > 0 && !ofHost.includes(undefined) && !ofHost.includes(id);
  return how === 'denied' && isOther ? 'otherTenant' : undefined;
}

/** docs/reltio.md, R39. */
const unknownTenant =
  /\btenant\b[^.]{0,150}\b(not (configured|found|registered)|does ?n[o'’]t exist|does not exist|(is )?(unknown|invalid))\b|\b(unknown|invalid|no such) tenant\b/i;

/** A call for tokens, which belongs to an identity server and no environment. */
function isForIdentityServer({ pathname }: URL): boolean {
  return /^\/oauth\//.test(pathname);
}

/** Some services of an environment have hosts of their own, such as `dev-workflow.reltio.com`, and other paths. */
function isServiceBeside(environment: URL, url: URL): boolean {
  const [name, own] = [firstLabel(environment), firstLabel(url)];
  const isBeside = environment.hostname.slice(name.length) === url.hostname.slice(own.length);
  return isBeside && own.startsWith(`${name}-`) && !/^\/(reltio|n?ui|ai)\//.test(url.pathname);
}

/** `dev` of `dev.reltio.com`. */
function firstLabel({ hostname }: URL): string {
  return hostname.split('.', 1)[0] ?? '';
}

/** In lower case, as in a host. */
function tenantIds(url: URL, environments: readonly KnownEnvironment[]): readonly string[] {
  const ids = [tenantInPath(url.pathname), ...environments.map(({ tenant }) => tenant)];
  return ids.filter((id) => id !== undefined).map((id) => id.toLowerCase());
}
