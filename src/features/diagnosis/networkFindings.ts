import * as l10n from '@vscode/l10n';
import { lookup } from 'node:dns/promises';
import type { Choice, Reason, Route } from '../../core/network/choice';
import type { PeerCertificates } from '../../core/network/tls/peerCertificates';
import { Failure } from '../../core/base/failure';
import type { NetworkSettings } from '../../core/network/networkSettings';
import { isUsedByVsCode, parseProxy } from '../../core/network/proxyAddress';
import { isLoopback } from '../../core/trust/trustedHosts';
import { proxySpelling } from '../../editor/messages/connectionText';
import { plural } from '../../editor/messages/plural';
import { describe } from '../../editor/messages/messages';
import { note, ok, wrong, type Finding } from './finding';
import { displayCode } from './displayCode';
import { codeText } from './codeText';

/** The route that requests to a host take, and which client sends them. */
export function routeFinding(url: URL, choice: Choice, settings: NetworkSettings): Finding {
  const about = l10n.t('Route');
  if (choice.client === 'host') {
    return choice.hasUnusableProxy ? wrong(about, describe(new Failure('proxySetting'))) : hostRoute(about, settings);
  }
  const { why, route } = choice;
  if (route === 'unreadable') {
    return wrong(about, describe(new Failure('proxySetting')));
  }
  return ok(about, `${ownConnection(why)} ${proxyInUse(url, why, route)}`);
}

function ownConnection(why: Exclude<Reason, 'usual'>): string {
  switch (why) {
    case 'ownProxy':
      return l10n.t('Reltio Authentication makes its own connection, because reltioAuth.network.proxy is set.');
    case 'caFile':
      return l10n.t('Reltio Authentication makes its own connection, because reltioAuth.network.caFile is set.');
    case 'clientCertificate':
      return l10n.t(
        'Reltio Authentication makes its own connection, because reltioAuth.network.clientCertificate is set.',
      );
    case 'proxyAuthorization':
      return l10n.t('Reltio Authentication makes its own connection, because "http.proxyAuthorization" is set.');
    case 'unverifiedProxy':
      return l10n.t('Reltio Authentication makes its own connection, because "http.proxyStrictSSL" is off.');
    case 'fetchSupportOff':
      return l10n.t('Reltio Authentication makes its own connection, because "http.fetchAdditionalSupport" is off.');
    case 'verificationOff':
      return l10n.t(
        'Reltio Authentication makes its own connection, because NODE_TLS_REJECT_UNAUTHORIZED=0 would make VS Code ' +
          'accept any certificate.',
      );
  }
}

function proxyInUse(url: URL, why: Reason, route: Route): string {
  if (route.kind === 'proxy') {
    return l10n.t('It uses the proxy {0}.', route.proxy.host);
  }
  if (isLoopback(url.hostname)) {
    return l10n.t('Connections to this machine never use a proxy.');
  }
  return why === 'ownProxy'
    ? l10n.t('It uses no proxy here, because "http.noProxy" or NO_PROXY names this host.')
    : l10n.t('It uses no proxy.');
}

/** Shows only the host of a proxy address, and nothing if it cannot be parsed: the address may contain a password. */
function hostRoute(about: string, { proxy, proxySupport }: NetworkSettings): Finding {
  const host = l10n.t("VS Code's network support sends the requests.");
  const unnamed = l10n.t(
    'It uses the proxy of the environment or the system, PAC files included, if there is one. VS Code does not report which.',
  );
  if (!proxySupport) {
    return ok(about, `${host} ${l10n.t('It uses no proxy, because "http.proxySupport" is off.')}`);
  }
  if (proxy === '') {
    return ok(about, `${host} ${unnamed}`);
  }
  if (!isUsedByVsCode(proxy)) {
    return note(about, `${host} ${l10n.t('It cannot use the value of "http.proxy".')} ${unnamed}`, proxySpelling());
  }
  const named = parseProxy(proxy);
  const which =
    named === undefined
      ? l10n.t('It uses the proxy of "http.proxy" unless "http.noProxy" names this host.')
      : l10n.t('It uses the proxy {0} of "http.proxy" unless "http.noProxy" names this host.', named.host);
  return ok(about, `${host} ${which}`);
}

/** Behind a proxy, this machine need not resolve the name: the proxy does. */
export async function nameFinding(hostname: string, proxyLikely: boolean): Promise<Finding> {
  const about = l10n.t('DNS name');
  try {
    const found = await lookup(hostname, { all: true });
    const families = [...new Set(found.map(({ family }) => `IPv${family}`))].sort().join(', ');
    return ok(
      about,
      plural(found.length, {
        one: l10n.t('It resolves to {0} address ({1}).', found.length, families),
        other: l10n.t('It resolves to {0} addresses ({1}).', found.length, families),
      }),
    );
  } catch (error) {
    const code = codeText(error);
    return proxyLikely
      ? note(
          about,
          l10n.t('It was not found here ({0}). That is usual behind a proxy, which resolves names itself.', code),
        )
      : wrong(
          about,
          l10n.t('It was not found ({0}).', code),
          l10n.t('Check the address in your settings, your network and VPN.'),
        );
  }
}

/** Who issued the server's certificate, and whether a network inspects the connection. */
export function certificateFinding(host: string, peer: PeerCertificates | undefined): Finding {
  const about = l10n.t('Certificate');
  if (peer === undefined) {
    return note(
      about,
      l10n.t('The connection was resumed and showed no certificate.'),
      l10n.t('Run the diagnosis again.'),
    );
  }
  const facts = issued(peer);
  const inspected = l10n.t(
    "It was not issued by a public authority. Either your network inspects TLS, or this is your company's own server.",
  );
  if (peer.problem !== undefined) {
    const why = describe(new Failure('tls', { host, nodeCode: peer.problem }));
    return wrong(about, [facts, ...(peer.isPublic ? [] : [inspected]), why].join(' '));
  }
  return peer.isPublic
    ? ok(about, facts)
    : note(about, [facts, inspected, l10n.t('This computer trusts it, so sign-in works.')].join(' '));
}

function issued({ issuer, top, validUntil }: PeerCertificates): string {
  const [by, under] = [displayCode(issuer), displayCode(top)];
  return validUntil === undefined
    ? l10n.t('Issued by {0} under {1}, with an expiry date that cannot be read.', by, under)
    : l10n.t('Issued by {0} under {1}, valid until {2}.', by, under, validUntil);
}
