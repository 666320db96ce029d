import { lookup } from 'node:dns/promises';
import type { Choice, Reason } from '../../core/network/choice';
import type { PeerCertificates } from '../../core/network/peerCertificates';
import { Failure } from '../../core/base/failure';
import type { NetworkSettings } from '../../core/network/networkSettings';
import { isTakenByVsCode, parseProxy } from '../../core/network/proxyAddress';
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
  verificationOff: 'because NODE_TLS_REJECT_UNAUTHORIZED=0 would have VS Code believe any certificate',
};

/** The way that requests to a host take, and who carries them. */
export function wayFinding(url: URL, choice: Choice, settings: NetworkSettings): Finding {
  const about = `Way to ${url.host}`;
  if (choice.client === 'host') {
    return choice.hasUnusableProxy ? wrong(about, describe(new Failure('proxySetting'))) : hostsWay(about, settings);
  }
  const us = `Reltio Authentication connects by itself, ${reasons[choice.why]}`;
  if (choice.route === 'unreadable') {
    return wrong(about, describe(new Failure('proxySetting')));
  }
  if (choice.route.kind === 'proxy') {
    return ok(about, `${us}, through the proxy ${choice.route.proxy.host}.`);
  }
  if (isLoopback(url.hostname)) {
    return ok(about, `${us}; this machine is never reached through a proxy.`);
  }
  return ok(
    about,
    choice.why === 'ownProxy'
      ? `${us}, and without a proxy here, because "http.noProxy" or NO_PROXY names this host.`
      : `${us}, without a proxy.`,
  );
}

/** Of an address, shows the host where we can read it, and else nothing: it may hold a password. */
function hostsWay(about: string, { proxy, proxySupport }: NetworkSettings): Finding {
  const host = "VS Code's own network support carries requests";
  const unnamed =
    'with the proxy of the environment or the system, PAC files included, if there is one; VS Code does not tell which';
  if (!proxySupport) {
    return ok(about, `${host}, without a proxy, because "http.proxySupport" is off.`);
  }
  if (proxy === '') {
    return ok(about, `${host}, ${unnamed}.`);
  }
  if (!isTakenByVsCode(proxy)) {
    return note(about, `${host}. VS Code cannot use the value of "http.proxy" and goes on ${unnamed}.`, proxySpelling);
  }
  const named = parseProxy(proxy);
  const which = named === undefined ? '' : ` ${named.host}`;
  return ok(about, `${host}, with the proxy${which} of "http.proxy", where "http.noProxy" does not say otherwise.`);
}

/** Behind a proxy a name need not be known here: the proxy looks it up. */
export async function nameFinding(hostname: string, proxyLikely: boolean): Promise<Finding> {
  const about = `Name ${hostname}`;
  try {
    const found = await lookup(hostname, { all: true });
    const families = [...new Set(found.map(({ family }) => `IPv${family}`))].sort().join(' and ');
    return ok(about, `It has ${found.length} address${found.length === 1 ? '' : 'es'} (${families}).`);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown reason';
    return proxyLikely
      ? note(about, `It is not known here (${code}); that is usual behind a proxy, which looks it up itself.`)
      : wrong(about, `It was not found (${code}).`, 'Check the address in your settings, your network and your VPN.');
  }
}

/** Who vouches for the server, and whether somebody stands in between. */
export function certificateFinding(host: string, peer: PeerCertificates | undefined): Finding {
  const about = `Certificate of ${host}`;
  if (peer === undefined) {
    return note(about, 'The connection was resumed and showed none.', 'Run the diagnosis again.');
  }
  const facts = `Issued by ${displayCode(peer.issuer)} under ${displayCode(peer.top)}, ${validity(peer)}.`;
  const inspected =
    'No public authority stands behind it: this looks like a network that inspects TLS, or a server of your own company.';
  if (peer.problem !== undefined) {
    const why = describe(new Failure('tls', { host, nodeCode: peer.problem }));
    return wrong(about, `${facts}${peer.isPublic ? '' : ` ${inspected}`} ${why}`);
  }
  return peer.isPublic
    ? ok(about, facts)
    : note(about, `${facts} ${inspected} This computer trusts it, so sign-in works.`);
}

function validity({ validUntil }: PeerCertificates): string {
  return validUntil === undefined ? 'with a last day that cannot be read' : `valid until ${validUntil}`;
}
