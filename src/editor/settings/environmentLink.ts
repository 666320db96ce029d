import * as l10n from '@vscode/l10n';
import { displayHost } from '../../core/base/displayText';
import { unwrapped } from '../../core/base/pastedText';
import { tenantInPath } from '../../core/dataApi/tenant';
import { checkAddress, isLoopback, type TrustedSuffixes } from '../../core/trust/trustedHosts';
import { settingId } from './settingTable';

export type EnvironmentLink =
  | { readonly kind: 'link'; readonly url: string; readonly tenant: string | undefined }
  /** One sentence for the user. */
  | { readonly kind: 'refused'; readonly sentence: string };

const example = 'https://dev.reltio.com/ui/abc123';
/** No link is longer, and a workspace may suggest a text of any length (characters). */
const maxLength = 2_000;

/**
 * Reads what users know of an environment: the address of a page of Reltio, an API address, a host name, or only the
 * first word of it. What follows the tenant is ignored, as are queries and fragments. Pure.
 */
export function readEnvironmentLink(text: string, trusted: TrustedSuffixes): EnvironmentLink {
  if (text.length > maxLength) {
    return refused(l10n.t('This is not an address. Paste a link such as {0}.', example));
  }
  const typed = oneScheme(unwrapped(text));
  if (typed === '') {
    return refused(l10n.t('Paste a link such as {0}, or enter a name such as dev.', example));
  }
  const [origin = '', path = ''] = split(withScheme(typed));
  const address = withDomain(origin);
  if (!URL.canParse(address) || typed.includes('\\')) {
    return refused(l10n.t('This is not an address. Paste a link such as {0}.', example));
  }
  const checked = checkAddress(secure(address), trusted);
  if (checked.ok) {
    return { kind: 'link', url: checked.origin, tenant: tenantInPath(path) };
  }
  switch (checked.problem) {
    case 'credentialsInside':
      return refused(l10n.t('Remove the user name and password from the address.'));
    case 'notTrusted': {
      const mayBeUser = checked.host === undefined || typed.includes('@'); // in https://jane:20#24@dev.reltio.com, the host is jane
      const setting = settingId('trustedHosts');
      return refused(
        mayBeUser
          ? l10n.t('This host is not a trusted host. If it is yours, first add it to {0}.', setting)
          : l10n.t(
              '{0} is not a trusted host. If it is yours, first add it to {1}.',
              displayHost(checked.host),
              setting,
            ),
      );
    }
    default:
      return refused(l10n.t('This is not the address of a Reltio environment. Paste a link such as {0}.', example));
  }
}

function refused(sentence: string): EnvironmentLink {
  return { kind: 'refused', sentence };
}

/** A scheme is easily pasted twice, or loses its colon or a slash; the rest would be read as the name of a host. */
function oneScheme(text: string): string {
  const [start = '', scheme = ''] = /^(?:(https?)(?::\/*|\/\/))*\/*/i.exec(text) ?? [];
  const rest = text.slice(start.length);
  return scheme === '' ? rest : `${scheme}://${rest}`;
}

function withScheme(text: string): string {
  if (/^[a-z][a-z\d+.-]*:\/\//i.test(text)) {
    return text;
  }
  const [host = ''] = text.split(/[:/]/);
  return `${isLoopback(host) || text.startsWith('[::1]') ? 'http' : 'https'}://${text}`;
}

/** The scheme and host, with a user name if there is one, and the path. */
function split(address: string): readonly string[] {
  return /^([a-z][a-z\d+.-]*:\/\/[^/?#\\]*)([^?#]*)/i.exec(address)?.slice(1) ?? [];
}

/** A name without a dot is the first word of a host of Reltio. */
function withDomain(origin: string): string {
  const [scheme = '', host = ''] = origin.split('://');
  const isName = /^[a-z\d-]+$/i.test(host) && !isLoopback(host);
  return isName ? `${scheme}://${host}.reltio.com` : origin;
}

/** Browsers show `http` for an address that was typed without a scheme; only this machine is used without TLS. */
function secure(address: string): string {
  return isLoopback(new URL(address).hostname) ? address : address.replace(/^http:/i, 'https:');
}
