import { lookup } from 'node:dns/promises';
import type { Choice, Reason } from '../../core/network/choice';
import type { PeerCertificates } from '../../core/network/tls/peerCertificates';
import { Failure } from '../../core/base/failure';
import type { NetworkSettings } from '../../core/network/networkSettings';
import { isUsedByVsCode, parseProxy } from '../../core/network/proxyAddress';
import { isLoopback } from '../../core/trust/trustedHosts';
import { proxySpelling } from '../../editor/messages/connectionText';
import { describe } from '../../editor/messages/messages';
import { note, ok, wrong, type Finding } from './finding';
import { displayCode } from './displayCode';

const reasons: Readonly<Record<Exclude<Reason, 'usual'>, string>> = {
  ownProxy: 'because reltioAuth.network.proxy is set',
  caFile: 'because reltioAuth.network.caFile is set',
  clientCertificate: 'because reltioAuth.network.clientCertificate is set',
  proxyAuthorization: 'because "http.proxyAuthorization" is set',
  unverifiedProxy: 'because "http.proxyStrictSSL" is off',
  fetchSupportOff: 'because "http.fetchAdditionalSupport" is off',
  verificationOff: 'because NODE_TLS_REJECT_UNAUTHORIZED=0 would make VS Code accept any certificate',
};

/** The route that requests to a host take, and which client sends them. */
export function routeFinding(url: URL, choice: Choice, settings: NetworkSettings): Finding {
  const about = `Route to ${url.host}`;
  if (choice.client === 'host') {
    return choice.hasUnusableProxy ? wrong(about, describe(new Failure('proxySetting'))) : hostRoute(about, settings);
  }
  const us = `Reltio Authentication makes its own connection, ${reasons[choice.why]}`;
  if (choice.route === 'unreadable') {
    return wrong(about, describe(new Failure('proxySetting')));
  }
  if (choice.route.kind === 'proxy') {
    return ok(about, `${us}. It uses the proxy ${choice.route.proxy.host}.`);
  }
  if (isLoopback(url.hostname)) {
    return ok(about, `${us}. Connections to this machine never use a proxy.`);
  }
  return ok(
    about,
    choice.why === 'ownProxy'
      ? `${us}. It uses no proxy here, because "http.noProxy" or NO_PROXY names this host.`
      : `${us}. It uses no proxy.`,
  );
}

/** Shows only the host of a proxy address, and nothing if it cannot be parsed: the address may contain a password. */
function hostRoute(about: string, { proxy, proxySupport }: NetworkSettings): Finding {
  const host = "VS Code's network support sends the requests";
  const unnamed =
    'the proxy of the environment or the system, PAC files included, if there is one. VS Code does not report which';
  if (!proxySupport) {
    return ok(about, `${host}, without a proxy, because "http.proxySupport" is off.`);
  }
  if (proxy === '') {
    return ok(about, `${host}. It uses ${unnamed}.`);
  }
  if (!isUsedByVsCode(proxy)) {
    return note(about, `${host}. VS Code cannot use the value of "http.proxy", so it uses ${unnamed}.`, proxySpelling());
  }
  const named = parseProxy(proxy);
  const which = named === undefined ? '' : ` ${named.host}`;
  return ok(about, `${host}, with the proxy${which} of "http.proxy" unless "http.noProxy" names this host.`);
}

/** Behind a proxy, this machine need not resolve the name: the proxy does. */
export async function nameFinding(hostname: string, proxyLikely: boolean): Promise<Finding> {
  const about = `DNS name ${hostname}`;
  try {
    const found = await lookup(hostname, { all: true });
    const families = [...new Set(found.map(({ family }) => `IPv${family}`))].sort().join(' and ');
    return ok(about, `It resolves to ${found.length} address${found.length === 1 ? '' : 'es'} (${families}).`);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown reason';
    return proxyLikely
      ? note(about, `It was not found here (${code}). That is usual behind a proxy, which resolves names itself.`)
      : wrong(about, `It was not found (${code}).`, 'Check the address in your settings, your network and VPN.');
  }
}

/** Who issued the server's certificate, and whether a network inspects the connection. */
export function certificateFinding(host: string, peer: PeerCertificates | undefined): Finding {
  const about = `Certificate of ${host}`;
  if (peer === undefined) {
    return note(about, 'The connection was resumed and showed no certificate.', 'Run the diagnosis again.');
  }
  const facts = `Issued by ${displayCode(peer.issuer)} under ${displayCode(peer.top)}, ${validity(peer)}.`;
  const inspected =
    "It was not issued by a public authority. Either your network inspects TLS, or this is your company's own server.";
  if (peer.problem !== undefined) {
    const why = describe(new Failure('tls', { host, nodeCode: peer.problem }));
    return wrong(about, `${facts}${peer.isPublic ? '' : ` ${inspected}`} ${why}`);
  }
  return peer.isPublic
    ? ok(about, facts)
    : note(about, `${facts} ${inspected} This computer trusts it, so sign-in works.`);
}

function validity({ validUntil }: PeerCertificates): string {
  return validUntil === undefined ? 'with an expiry date that cannot be read' : `valid until ${validUntil}`;
}
