import { isTlsCode } from '../../core/network/tls/tlsCode';
import type { Failure } from '../../core/base/failure';

const unknownIssuer =
  /^(SELF_SIGNED_CERT_IN_CHAIN|DEPTH_ZERO_SELF_SIGNED_CERT|UNABLE_TO_GET_ISSUER_CERT(_LOCALLY)?|UNABLE_TO_VERIFY_LEAF_SIGNATURE|CERT_UNTRUSTED|INVALID_CA)$/;
const wrongHost = /^(ERR_TLS_CERT_ALTNAME_INVALID|HOSTNAME_MISMATCH)$/;
/** OpenSSL's codes when a server ends the handshake because it got no client certificate, or a wrong one. */
const rejectedClientCertificate =
  /^ERR_SSL_.*ALERT_(CERTIFICATE_REQUIRED|HANDSHAKE_FAILURE|BAD_CERTIFICATE|UNKNOWN_CA|CERTIFICATE_UNKNOWN)$/;

/** How to write the address of a proxy. Characters that would end it too early have to be percent-encoded. */
export const proxySpelling =
  'Write it like http://proxy.acme.com:8080. Percent-encode a user name and password in it: # as %23, \\ as %5C, ' +
  '/ as %2F, ? as %3F, @ as %40, % as %25.';

/** Why the TLS connection to a server failed, and what helps. */
export function tlsText({ host = 'The identity server', nodeCode = '' }: Failure): string {
  const reason = nodeCode === '' ? '' : ` (${nodeCode})`;
  if (nodeCode === 'CERT_HAS_EXPIRED') {
    return `The certificate of ${host} has expired, so nothing was sent. Check the date of this computer; if it is correct, ask the operator of ${host} to renew it.`;
  }
  if (nodeCode === 'CERT_NOT_YET_VALID') {
    return `The certificate of ${host} is not valid yet, so nothing was sent. Check the date of this computer.`;
  }
  if (wrongHost.test(nodeCode)) {
    return (
      `The server that answered for ${host} has the certificate of another host, so nothing was sent. Check the address; ` +
      'on a guest network, open its sign-in page in a browser first.'
    );
  }
  if (unknownIssuer.test(nodeCode)) {
    return (
      `This computer does not trust the certificate of ${host}${reason}, so nothing was sent. If your network ` +
      'inspects TLS, set reltioAuth.network.caFile to its root certificate; your network team has it.'
    );
  }
  if (rejectedClientCertificate.test(nodeCode)) {
    return (
      `${host} requires a client certificate that it accepts${reason}. Set your certificate and its key in ` +
      'reltioAuth.network.clientCertificate, or ask your network team for one.'
    );
  }
  return `The secure connection to ${host} failed${reason}, so nothing was sent. Run "Reltio: Diagnose Sign-In" to see why.`;
}

/** Why a proxy refused a connection, or could not be used at all. */
export function proxyText({ host = 'the identity server', status, nodeCode }: Failure): string {
  if (status === 407) {
    return (
      `Your proxy requires a user name and password for connections to ${host} (HTTP 407). Set ` +
      '"http.proxyAuthorization", or ask your network team.'
    );
  }
  if (status !== undefined && status >= 500) {
    return `Your proxy could not reach ${host} (HTTP ${status}). Check the address; if it is correct, ask your network team.`;
  }
  if (status !== undefined) {
    return `Your proxy does not allow connections to ${host} (HTTP ${status}). Ask your network team to allow them.`;
  }
  const reason = nodeCode === undefined ? '' : ` (${nodeCode})`;
  if (nodeCode !== undefined && isTlsCode(nodeCode)) {
    return (
      `The certificate of your proxy cannot be verified${reason}. Set reltioAuth.network.caFile to the root certificate of ` +
      'your network; your network team has it.'
    );
  }
  return `Your proxy cannot be reached${reason}. Check "http.proxy" and reltioAuth.network.proxy.`;
}

/**
 * Why a server did not answer. A server that requires a client certificate says so after the handshake, and `fetch`
 * reports that like any closed connection.
 */
export function unreachableText({ host = 'The identity server', nodeCode }: Failure): string {
  if (nodeCode === 'UND_ERR_SOCKET' || nodeCode === 'ECONNRESET') {
    return (
      `${host} cannot be reached: it closed the connection without an answer (${nodeCode}). Check your network and VPN. ` +
      'If it requires a client certificate, set yours in reltioAuth.network.clientCertificate.'
    );
  }
  const reason = nodeCode === undefined ? '' : ` (${nodeCode})`;
  return `${host} cannot be reached${reason}. Check your network and VPN, then try again.`;
}
