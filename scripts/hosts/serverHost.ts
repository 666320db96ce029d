import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { background, untilAnswers } from '../process/background';
import type { Background } from '../process/background';
import { foreignEnvironment } from '../process/environment';
import { freePort } from '../process/freePort';
import type { Host } from './hosts';
import { newPassword, requirePassword } from './password';

export interface ServerHost extends Background {
  readonly port: number;
  /** The connection token, which the page's address carries as `tkn`. */
  readonly token: string;
}

interface Options {
  /** Holds everything that the server writes. */
  readonly folder: string;
  readonly settings?: Record<string, unknown>;
  readonly env?: NodeJS.ProcessEnv;
}

/** VS Code's own server, for tests in the extension host. It keeps secrets in memory only. */
export async function startServerHost(host: Host, { folder, settings = {}, env = {} }: Options): Promise<ServerHost> {
  const port = await freePort();
  const data = join(folder, 'server');
  const user = join(data, 'data/User');
  mkdirSync(user, { recursive: true });
  writeFileSync(
    join(user, 'settings.json'),
    JSON.stringify({ 'security.workspace.trust.enabled': false, ...settings }, null, 2),
  );
  const token = newPassword();
  const tokenFile = join(folder, 'connection-token');
  writeFileSync(tokenFile, token, { mode: 0o600 });
  const server = background(
    host.node,
    [
      join(host.server, 'out/server-main.js'),
      ...['--host', '127.0.0.1', '--port', String(port)],
      // in a file, because every user of the machine can see the arguments
      ...['--connection-token-file', tokenFile],
      ...['--accept-server-license-terms', '--server-data-dir', data, '--telemetry-level', 'off'],
      // without it VS Code 1.139 ignores the tests that the page asks for, and does not say so
      '--enable-smoke-test-driver',
    ],
    { env: foreignEnvironment(join(folder, 'home'), env), cwd: host.server },
  );
  const [name, url] = [`VS Code's server ${host.version}`, `http://127.0.0.1:${port}`];
  await untilAnswers(name, server, `${url}/version`);
  await requirePassword(name, `${url}/`);
  return { ...server, port, token };
}
