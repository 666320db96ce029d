import * as l10n from '@vscode/l10n';
import { isTlsCode } from '../../core/network/tls/tlsCode';
import type { Failure } from '../../core/base/failure';

const unknownIssuer =
  /^(SELF_SIGNED_CERT_IN_CHAIN|DEPTH_ZERO_SELF_SIGNED_CERT|UNABLE_TO_GET_ISSUER_CERT(_LOCALLY)?|UNABLE_TO_VERIFY_LEAF_SIGNATURE|CERT_UNTRUSTED|INVALID_CA)$/;
const wrongHost = /^(ERR_TLS_CERT_ALTNAME_INVALID|HOSTNAME_MISMATCH)$/;
/** OpenSSL's codes when a server ends the handshake because it got no client certificate, or a wrong one. */
const rejectedClientCertificate =
  /^ERR_SSL_.*ALERT_(CERTIFICATE_REQUIRED|HANDSHAKE_FAILURE|BAD_CERTIFICATE|UNKNOWN_CA|CERTIFICATE_UNKNOWN)$/;
/** The handshake failed, and not the check of a certificate: most often, what answers does not speak TLS. */
const noTls = /^(EPROTO$|ERR_SSL_)/;

/** How to write the address of a proxy. Characters that would end it too early have to be percent-encoded. */
export function proxySpelling(): string {
  return l10n.t(
    'Write it like http://proxy.acme.com:8080. Percent-encode a user name and password in it: # as %23, \\ as %5C, / as %2F, ? as %3F, @ as %40, % as %25.',
  );
}

/** Why the TLS connection to a server failed, and what helps. */
export function tlsText({ host = 'Reltio', nodeCode = '' }: Failure): string {
  const reason = nodeCode === '' ? '' : ` (${nodeCode})`;
  if (nodeCode === 'CERT_HAS_EXPIRED') {
    return l10n.t(
      'The certificate of {0} has expired, so nothing was sent. Check the date of this computer; if it is correct, ask the operator of {0} to renew it.',
      host,
    );
  }
  if (nodeCode === 'CERT_NOT_YET_VALID') {
    return l10n.t(
      'The certificate of {0} is not valid yet, so nothing was sent. Check the date of this computer.',
      host,
    );
  }
  if (wrongHost.test(nodeCode)) {
    return l10n.t(
      'The server that answered for {0} has the certificate of another host, so nothing was sent. Check the address; on a guest network, open its sign-in page in a browser first.',
      host,
    );
  }
  if (unknownIssuer.test(nodeCode)) {
    return l10n.t(
      'This computer does not trust the certificate of {0}{1}, so nothing was sent. If your network inspects TLS, set reltioAuth.network.caFile to its root certificate; your network team has it.',
      host,
      reason,
    );
  }
  if (rejectedClientCertificate.test(nodeCode)) {
    return l10n.t(
      '{0} requires a client certificate that it accepts{1}. Set your certificate and its key in reltioAuth.network.clientCertificate, or ask your network team for one.',
      host,
      reason,
    );
  }
  return l10n.t(
    'The secure connection to {0} failed{1}, so nothing was sent. Run "Reltio: Diagnose Sign-In" to see why.',
    host,
    reason,
  );
}

/** Why a proxy refused a connection, or could not be used at all. */
export function proxyText({ host = 'Reltio', status, nodeCode }: Failure): string {
  if (status === 407) {
    return l10n.t(
      'Your proxy requires a user name and password for connections to {0} (HTTP 407). Set "http.proxyAuthorization", or ask your network team.',
      host,
    );
  }
  if (status !== undefined && status >= 500) {
    return l10n.t(
      'Your proxy could not reach {0} (HTTP {1}). Check the address; if it is correct, ask your network team.',
      host,
      status,
    );
  }
  if (status !== undefined) {
    return l10n.t(
      'Your proxy does not allow connections to {0} (HTTP {1}). Ask your network team to allow them.',
      host,
      status,
    );
  }
  const reason = nodeCode === undefined ? '' : ` (${nodeCode})`;
  if (nodeCode !== undefined && noTls.test(nodeCode)) {
    return l10n.t(
      'Your proxy accepts no TLS connection{0}. Its address in "http.proxy", reltioAuth.network.proxy or HTTPS_PROXY probably has to begin with http://.',
      reason,
    );
  }
  if (nodeCode !== undefined && isTlsCode(nodeCode)) {
    return l10n.t(
      'The certificate of your proxy cannot be verified{0}. Set reltioAuth.network.caFile to the root certificate of your network; your network team has it.',
      reason,
    );
  }
  return l10n.t('Your proxy cannot be reached{0}. Check "http.proxy" and reltioAuth.network.proxy.', reason);
}

/**
 * Why a server did not answer. A server that requires a client certificate says so after the handshake, and `fetch`
 * reports that like any closed connection.
 */
export function unreachableText({ host = 'Reltio', nodeCode }: Failure): string {
  if (nodeCode === 'UND_ERR_SOCKET' || nodeCode === 'ECONNRESET') {
    return l10n.t(
      '{0} cannot be reached: it closed the connection without an answer ({1}). Check your network and VPN. If it requires a client certificate, set yours in reltioAuth.network.clientCertificate.',
      host,
      nodeCode,
    );
  }
  const reason = nodeCode === undefined ? '' : ` (${nodeCode})`;
  return l10n.t('{0} cannot be reached{1}. Check your network and VPN, then try again.', host, reason);
}
