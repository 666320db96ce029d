import { isWindowOutdated } from '../base/failure';
import type { TransportFailure } from '../oauth/httpClient';
import { isTlsCode } from './tls/tlsCode';

const dnsCodes = new Set(['ENOTFOUND', 'EAI_AGAIN', 'EAI_FAIL', 'EAI_NODATA', 'EAI_NONAME', 'ERR_NAME_NOT_RESOLVED']);
const timeoutCodes = new Set([
  'ETIMEDOUT',
  'UND_ERR_CONNECT_TIMEOUT',
  'UND_ERR_HEADERS_TIMEOUT',
  'UND_ERR_BODY_TIMEOUT',
]);

/** Thrown by the explicit client, which knows that it was connecting to the proxy. */
export class ProxyConnectionError extends Error {
  override readonly name = 'ReltioProxyConnectionError';

  constructor(cause: unknown) {
    super('The proxy cannot be reached', { cause });
  }
}

/**
 * Why a request got no answer. `fetch` throws "fetch failed" for everything; the reason is in `cause`, or in the
 * `errors` of a cause that tried several addresses.
 *
 * @param url the destination of the request; a failure at another host or port comes from the proxy
 */
export function classifyTransportError(error: unknown, url?: string): TransportFailure {
  if (isWindowOutdated(error)) {
    return { kind: 'failure', code: 'windowOutdated' };
  }
  const errors = causesOf(error);
  const codes = errors.flatMap(codeOf);
  const refusal = errors.map(refusalByProxy).find((status) => status !== undefined);
  if (refusal !== undefined) {
    return { kind: 'failure', code: 'proxy', status: refusal };
  }
  const [first] = codes;
  const tls = codes.find(isTlsCode);
  if (errors.some((inner) => isAtProxy(inner, url))) {
    const nodeCode = tls ?? first;
    return { kind: 'failure', code: 'proxy', ...(nodeCode === undefined ? {} : { nodeCode }) };
  }
  if (tls !== undefined) {
    return { kind: 'failure', code: 'tls', nodeCode: tls };
  }
  const dns = codes.find((code) => dnsCodes.has(code));
  if (dns !== undefined) {
    return { kind: 'failure', code: 'dns', nodeCode: dns };
  }
  const timeout = codes.find((code) => timeoutCodes.has(code));
  if (timeout !== undefined) {
    return { kind: 'failure', code: 'timeout', nodeCode: timeout };
  }
  return { kind: 'failure', code: 'unreachable', ...(first === undefined ? {} : { nodeCode: first }) };
}

type Inner = Readonly<Record<string, unknown>>;

/** The error itself and all its causes. */
function causesOf(error: unknown, depth = 0): readonly Inner[] {
  if (typeof error !== 'object' || error === null || depth > 5) {
    return [];
  }
  const inner = error as Inner;
  const { errors, cause } = inner;
  const nested = Array.isArray(errors) ? (errors as unknown[]) : [];
  return [inner, ...[cause, ...nested].flatMap((one) => causesOf(one, depth + 1))];
}

function codeOf({ code }: Inner): string[] {
  return typeof code === 'string' && /^[A-Z0-9_]+$/.test(code) ? [code] : [];
}

/**
 * The status with which a proxy refused CONNECT. undici has no error code for it, and VS Code itself reads this text
 * (`@vscode/proxy-agent`, `createProxyAgent`).
 */
function refusalByProxy({ code, message }: Inner): number | undefined {
  const status =
    code === 'UND_ERR_ABORTED'
      ? /^Proxy response \((\d{3})\)/.exec(typeof message === 'string' ? message : '')?.[1]
      : undefined;
  return status === undefined ? undefined : Number(status);
}

function isAtProxy(error: Inner, url: string | undefined): boolean {
  if (error['name'] === 'ReltioProxyConnectionError' || /^UND_ERR_PRX_/.test(String(error['code']))) {
    return true;
  }
  if (url === undefined || !URL.canParse(url)) {
    return false;
  }
  const { hostname, port, protocol } = new URL(url);
  if (error['syscall'] === 'getaddrinfo' && typeof error['hostname'] === 'string') {
    return error['hostname'].toLowerCase() !== hostname;
  }
  const wantedPort = port === '' ? (protocol === 'https:' ? 443 : 80) : Number(port);
  return error['syscall'] === 'connect' && typeof error['port'] === 'number' && error['port'] !== wantedPort;
}
