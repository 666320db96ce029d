/**
 * Whether VS Code would bypass the proxy for this host, by the entries of `http.noProxy` or `NO_PROXY`: a name matches
 * itself and all its subdomains, `:port` limits it to a port, a single `*` matches every host. The same rules as
 * `shouldBypassProxy` in `@vscode/proxy-agent`.
 */
export function isWithoutProxy(url: URL, entries: readonly string[]): boolean {
  const names = entries.map((entry) => entry.trim().toLowerCase()).filter((entry) => entry !== '');
  if (names.includes('*')) {
    return true;
  }
  const port = url.port === '' ? (url.protocol === 'https:' ? '443' : '80') : url.port;
  return names.some((entry) => {
    const [name = '', onlyPort = ''] = entry.split(':', 2);
    const suffix = name.startsWith('.') ? name : `.${name}`;
    return name !== '' && `.${url.hostname}`.endsWith(suffix) && (onlyPort === '' || onlyPort === port);
  });
}
