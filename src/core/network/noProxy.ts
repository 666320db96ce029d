/**
 * Whether VS Code would reach this host without a proxy, by the entries of `http.noProxy` or `NO_PROXY`: a name stands
 * for itself and everything below it, `:port` narrows it, a lone `*` stands for all. The same rules as
 * `@vscode/proxy-agent`, `shouldBypassProxy`.
 */
export function isWithoutProxy(url: URL, entries: readonly string[]): boolean {
  const wanted = entries.map((entry) => entry.trim().toLowerCase()).filter((entry) => entry !== '');
  if (wanted.includes('*')) {
    return true;
  }
  const port = url.port === '' ? (url.protocol === 'https:' ? '443' : '80') : url.port;
  return wanted.some((entry) => {
    const [name = '', onlyPort = ''] = entry.split(':', 2);
    const suffix = name.startsWith('.') ? name : `.${name}`;
    return name !== '' && `.${url.hostname}`.endsWith(suffix) && (onlyPort === '' || onlyPort === port);
  });
}
