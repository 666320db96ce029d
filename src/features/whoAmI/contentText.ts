import * as l10n from '@vscode/l10n';
import { displayHost, displayList, displayText } from '../../core/base/displayText';
import type { TokenContent } from '../../core/oauth/tokenContent';
import type { Findings } from './askReltio';
import { block, rows, shown } from './lines';

/** What the token says of itself. */
export function contentParts(content: Findings['content'], host: string): readonly string[] {
  switch (content) {
    case 'opaque':
      return [l10n.t('Nothing that can be read: this token is only a number for Reltio to look up.')];
    case 'unreadable':
      return [
        l10n.t('Nothing that can be read: the token is damaged, too large, or of a form that is not known here.'),
      ];
    default:
      return [
        l10n.t(
          'Read on this computer and only shown: nothing is decided by it, because only Reltio can check its signature.',
        ),
        block(contentRows(content, host)),
      ];
  }
}

function contentRows({ user, tenants, issuer }: TokenContent, host: string): readonly string[] {
  return rows([
    [l10n.t('User'), shown(user)],
    [l10n.t('Tenant'), tenants.length === 0 ? undefined : displayList(tenants)],
    [l10n.t('Issued by'), issuer === undefined ? undefined : issuerText(issuer, host)],
  ]);
}

/** Only the server that issued a token can check and refresh it (docs/reltio.md, R40). */
function issuerText(issuer: string, host: string): string {
  const name = issuerName(issuer);
  return name === host ? name : l10n.t('{0}, not {1}: then only {0} can check and refresh it', name, host);
}

/** The host alone: an editor would make a link of the address, and it may be anybody's. */
function issuerName(issuer: string): string {
  const { host = '' } = URL.canParse(issuer) ? new URL(issuer) : {};
  return host === '' ? displayText(issuer) : displayHost(host);
}
