import { createServer, type AddressInfo } from 'node:net';

/**
 * Opens an address as a browser does, and follows every redirect on that server.
 *
 * @returns the first address on another one: the redirect back to this machine
 */
export async function openInBrowser(address: string): Promise<URL> {
  const { origin } = new URL(address);
  const cookies = new Map<string, string>();
  let next = new URL(address);
  for (let page = 1; page <= 10 && next.origin === origin; page += 1) {
    const cookie = [...cookies].map((pair) => pair.join('=')).join('; ');
    const response = await fetch(next, { redirect: 'manual', headers: { cookie } });
    for (const [name = '', value = ''] of response.headers.getSetCookie().map((line) => line.split(/[=;]/, 2))) {
      cookies.set(name, value);
    }
    const location = response.headers.get('location');
    if (location === null) {
      throw new Error(`${next.pathname} answers ${response.status}: ${await response.text()}`);
    }
    next = new URL(location, next);
  }
  return next;
}

/** A port of this machine on which nothing listens. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
