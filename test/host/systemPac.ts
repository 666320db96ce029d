import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

const variable = 'RELTIO_TEST_PAC_PROXY';

/** The only name for which the PAC file returns a proxy. */
export const hostBehindPac = 'pac.reltio.test';

export interface SystemPac {
  /** The URL of the PAC file, as in the settings of a system. */
  readonly url: string;
  /** For the VS Code that is tested. */
  readonly env: NodeJS.ProcessEnv;
  close(): Promise<void>;
}

/** A company's PAC file, served on loopback. A test starts the proxy in it on this port. */
export async function startSystemPac(proxyPort: number): Promise<SystemPac> {
  const file = `function FindProxyForURL(url, host) {
  return dnsDomainIs(host, "${hostBehindPac}") ? "PROXY 127.0.0.1:${proxyPort}" : "DIRECT";
}
`;
  const server = createServer((_request, response) => {
    response.writeHead(200, { 'Content-Type': 'application/x-ns-proxy-autoconfig' }).end(file);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/proxy.pac`,
    env: { [variable]: String(proxyPort) },
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => {
          resolve();
        });
      }),
  };
}

/** The port of the proxy in the PAC file, inside that VS Code. */
export function proxyPortInPac(): number {
  const port = process.env[variable];
  if (port === undefined) throw new Error(`${variable} names no port; see scripts/steps/hostTests.ts`);
  return Number(port);
}
