import { shouldBypassProxy } from '../../../core/network/noProxy';

/**
 * Whether tools that follow the environment variables of VS Code, such as curl, would send requests for this computer, and
 * the key in their addresses, to a proxy of the network. Pure.
 */
export function passesNetworkProxy(env: NodeJS.ProcessEnv): boolean {
  const named = (name: string): string => env[name.toLowerCase()] ?? env[name] ?? '';
  const hasProxy = named('HTTP_PROXY') !== '' || named('ALL_PROXY') !== '';
  return hasProxy && !shouldBypassProxy(new URL('http://127.0.0.1'), named('NO_PROXY').split(','));
}
