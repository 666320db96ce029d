/**
 * Codes of Node and OpenSSL for a failed certificate check or handshake. Those for certificates come from Node's
 * `X509Pointer::ErrorCode` (`deps/ncrypto/ncrypto.cc`), which uses `UNSPECIFIED` for every error without a name.
 */
const tlsCode = new RegExp(
  [
    '^(ERR_TLS|ERR_SSL|ERR_OSSL|CERT_|CRL_|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_|ERROR_IN_(CERT|CRL)_)',
    '^(HOSTNAME_MISMATCH|INVALID_CA|INVALID_PURPOSE|PATH_LENGTH_EXCEEDED|OUT_OF_MEM|UNSPECIFIED|EPROTO)$',
  ].join('|'),
);

/** Whether Node's error code is about a certificate or a handshake. */
export function isTlsCode(code: string): boolean {
  return tlsCode.test(code);
}
