import fs from 'node:fs';

/**
 * VS Code 1.103 does not get the system's certificates from OpenSSL: it reads this file, once, at the first `fetch`
 * (`@vscode/proxy-agent` 0.32, `readLinuxCaCertificates`). Here it reads the content of `SSL_CERT_FILE` instead.
 */
const fixedFile = '/etc/ssl/certs/ca-certificates.crt';
const readFile = fs.promises.readFile.bind(fs.promises);

export function serveSystemStore(): void {
  const store = process.env['SSL_CERT_FILE'];
  if (store === undefined) return;
  fs.promises.readFile = ((file: unknown, ...rest: []) =>
    readFile((file === fixedFile ? store : file) as string, ...rest)) as typeof fs.promises.readFile;
}
