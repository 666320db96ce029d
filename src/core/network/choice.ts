import type { LogFields } from '../base/log';
import type { NetworkSettings } from './networkSettings';
import { isWithoutProxy } from './noProxy';
import { isHttp, isUsedByVsCode, parseProxy, type ProxyAddress } from './proxyAddress';
import { isLoopback } from '../trust/trustedHosts';

/** What the host's `fetch` cannot do, or `usual` if it can do everything. The log shows it. */
export type Reason = NonNullable<LogFields['why']>;

export type Route = { readonly kind: 'direct' } | { readonly kind: 'proxy'; readonly proxy: ProxyAddress };

export type Choice =
  | {
      readonly client: 'host';
      readonly why: 'usual';
      /** Whether VS Code's proxy has an address that is parsed wrongly. */
      readonly hasUnusableProxy: boolean;
    }
  | { readonly client: 'explicit'; readonly why: Exclude<Reason, 'usual'>; readonly route: Route | 'unreadable' };

/**
 * Which client sends a request, and why. Usually the host's `fetch`: only it supports PAC files, the system's proxy and
 * Kerberos. The explicit client is used if the user set something that the host's `fetch` cannot do.
 *
 * @param env the environment variables of the process, in which VS Code also looks for a proxy
 */
export function choose(url: URL, settings: NetworkSettings, env: NodeJS.ProcessEnv): Choice {
  const route = routeTo(url, settings, env);
  const why = reason(route, settings, env);
  return why === 'usual'
    ? { client: 'host', why, hasUnusableProxy: hasUnusableProxy(url, settings, env) }
    : { client: 'explicit', why, route };
}

function reason(route: Route | 'unreadable', settings: NetworkSettings, env: NodeJS.ProcessEnv): Reason {
  if (settings.ownProxy !== '') {
    return 'ownProxy';
  }
  if (settings.caFile !== '') {
    return 'caFile';
  }
  if (settings.clientCertificate !== undefined) {
    return 'clientCertificate';
  }
  if (!settings.fetchAdditionalSupport) {
    return 'fetchSupportOff';
  }
  if (env['NODE_TLS_REJECT_UNAUTHORIZED'] === '0') {
    return 'verificationOff'; // any extension can set it for all of them: the process is shared
  }
  const proxy = route !== 'unreadable' && route.kind === 'proxy' ? route.proxy : undefined;
  if (proxy !== undefined && settings.proxyAuthorization !== '') {
    return 'proxyAuthorization';
  }
  return proxy?.secure === true && !settings.proxyStrictSSL ? 'unverifiedProxy' : 'usual';
}

/** The route of the explicit client, which supports neither PAC files nor the system's proxy. */
export function routeTo(url: URL, settings: NetworkSettings, env: NodeJS.ProcessEnv): Route | 'unreadable' {
  if (needsNoProxy(url, settings, env)) {
    return { kind: 'direct' };
  }
  const { ownProxy, proxySupport, proxyAuthorization } = settings;
  const [address] = ownProxy !== '' ? [ownProxy] : proxySupport ? proxiesOfVsCode(settings, env) : [];
  if (address === undefined) {
    return { kind: 'direct' };
  }
  const proxy = parseProxy(address, proxyAuthorization);
  return proxy === undefined ? 'unreadable' : { kind: 'proxy', proxy };
}

/** VS Code handles SOCKS itself, and an address that VS Code ignores does no harm. */
function hasUnusableProxy(url: URL, settings: NetworkSettings, env: NodeJS.ProcessEnv): boolean {
  if (!settings.proxySupport || needsNoProxy(url, settings, env)) {
    return false;
  }
  const used = proxiesOfVsCode(settings, env).find(isUsedByVsCode);
  return used !== undefined && isHttp(used) && parseProxy(used) === undefined;
}

function needsNoProxy(url: URL, settings: NetworkSettings, env: NodeJS.ProcessEnv): boolean {
  const noProxy = settings.noProxy.length > 0 ? settings.noProxy : (fromEnv(env, 'no_proxy')?.split(',') ?? []);
  return isLoopback(url.hostname) || isWithoutProxy(url, noProxy);
}

/** Where VS Code looks for a proxy, in the order of `@vscode/proxy-agent`, `createProxyResolver`. */
function proxiesOfVsCode({ proxy }: NetworkSettings, env: NodeJS.ProcessEnv): readonly string[] {
  return [proxy, fromEnv(env, 'https_proxy') ?? fromEnv(env, 'http_proxy') ?? ''].filter((one) => one !== '');
}

function fromEnv(env: NodeJS.ProcessEnv, name: string): string | undefined {
  const value = (env[name] ?? env[name.toUpperCase()])?.trim();
  return value === '' ? undefined : value;
}
