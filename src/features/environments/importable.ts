import * as l10n from '@vscode/l10n';
import { displayText } from '../../core/base/displayText';
import { isTenantId } from '../../core/dataApi/tenant';
import { isLoopback, type TrustedSuffixes } from '../../core/trust/trustedHosts';
import { defaultIdentityServer } from '../../editor/settings/defaultIdentityServer';
import type { Environment } from '../../editor/settings/environments';
import { readEnvironmentLink } from '../../editor/settings/environmentLink';
import type { FoundEnvironment } from './findEnvironments';
import { freeName } from './nameQuestion';
import { looksLikeProduction } from './productionQuestion';

export interface Importable {
  readonly offers: readonly Offer[];
  /** How many are in the settings already. */
  readonly known: number;
  /** Why the others cannot be used: a sentence for each. */
  readonly refused: readonly string[];
}

interface Offer {
  readonly environment: Environment;
  readonly source: string;
}

/**
 * Which of the environments that were found can be added. Their identity server is Reltio's own, the only one that Reltio
 * IDE knows. An environment whose name suggests production is added as production, and so is one at a host that the user has
 * called production: a workspace must not bring another name for it. Pure.
 *
 * @param existing the environments of the settings
 * @param taken the names that the settings have already
 */
export function importable(
  found: readonly FoundEnvironment[],
  existing: readonly Environment[],
  taken: ReadonlySet<string>,
  trusted: TrustedSuffixes,
): Importable {
  const names = new Set(taken);
  const seen = new Set(existing.map(({ url, tenant }) => placeOf(url, tenant)));
  const before = new Set(seen);
  const offers: Offer[] = [];
  const known = new Set<string>();
  const productionHosts = new Set(existing.filter((one) => one.production).map(({ url }) => url));
  const refused = new Set<string>();
  for (const { host, tenant, source } of found) {
    const link = readEnvironmentLink(host, trusted);
    if (link.kind === 'refused') {
      refused.add(`"${displayText(host, 60)}": ${link.sentence}`);
      continue;
    }
    if (isLoopback(new URL(link.url).hostname)) {
      // No host has to be agreed to for this computer, and a workspace can bring the program that listens there.
      refused.add(
        l10n.t('"{0}": This address is on this computer. Run "Reltio: Add Environment" for it.', displayText(host, 60)),
      );
      continue;
    }
    if (tenant !== undefined && !isTenantId(tenant)) {
      refused.add(l10n.t('"{0}": "{1}" is not the id of a tenant.', displayText(host, 60), displayText(tenant, 40)));
      continue;
    }
    const { url } = link;
    const place = placeOf(url, tenant);
    if (before.has(place)) {
      known.add(place);
    }
    if (seen.has(place)) {
      continue;
    }
    seen.add(place);
    const name = freeName(url, tenant, names);
    names.add(name);
    const words = { url, name, ...(tenant === undefined ? {} : { tenant }) };
    const production = looksLikeProduction(words) || productionHosts.has(url);
    const environment = {
      name,
      url,
      identityServer: defaultIdentityServer,
      tenant,
      production,
      clientId: undefined,
      mcp: false,
    };
    offers.push({ environment, source });
  }
  return { offers, known: known.size, refused: [...refused] };
}

function placeOf(url: string, tenant: string | undefined): string {
  return `${url} ${tenant ?? ''}`;
}
