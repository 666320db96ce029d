// Without `node:`, because VS Code replaces both with versions that use its proxy settings under these names only
// (`src/vs/workbench/api/node/proxyResolver.ts`, `configureModuleLoading`).
import * as hostHttp from 'http';
import * as hostHttps from 'https';
import type { HeaderList, UpstreamRequest } from '../../localProxy/upstream';
import { sentByModule } from './nodeRequest';
import type { Received } from './received';

/**
 * Sends one request through the host's `http` or `https` module: they know VS Code's proxies and certificates too, but VS
 * Code opens a connection for each request.
 *
 * @throws the error that prevented the response
 */
export async function sentByHostModules(
  request: UpstreamRequest,
  headers: HeaderList,
  signal: AbortSignal,
): Promise<Received> {
  const module = request.url.startsWith('https:') ? hostHttps : hostHttp;
  return await sentByModule(module.request, request, headers, { signal, ...{ rejectUnauthorized: true } });
}
