import type { McpClient } from './mcpClients';

export interface McpServer {
  readonly environmentName: string;
  readonly url: string;
}

/** The text for the configuration of a client, with the key in a header. Pure. */
export function mcpConfiguration(client: McpClient, servers: readonly McpServer[], key: string): string {
  const { format, list, address, headers, type } = client;
  const authorization = `Bearer ${key}`;
  const names = serverNames(servers.map(({ environmentName }) => environmentName));
  if (format === 'toml') {
    // A JSON string of printable ASCII is a TOML string too, and an address has no other characters.
    return servers
      .map(({ url }, index) =>
        [
          `[${list}.${names[index] ?? ''}]`,
          `${address} = ${JSON.stringify(url)}`,
          `${headers} = { Authorization = ${JSON.stringify(authorization)} }`,
          '',
        ].join('\n'),
      )
      .join('\n');
  }
  const entries = servers.map(({ url }, index): [string, object] => [
    names[index] ?? '',
    { ...(type === undefined ? {} : { type }), [address]: url, [headers]: { Authorization: authorization } },
  ]);
  return `${JSON.stringify({ [list]: Object.fromEntries(entries) }, undefined, 2)}\n`;
}

/** `reltio-dev`: clients accept only letters, digits, hyphens and underscores, and put the name before each tool's. */
function serverNames(environmentNames: readonly string[]): readonly string[] {
  const taken = new Set<string>();
  return environmentNames.map((environmentName) => {
    const plain = environmentName
      .normalize('NFKD')
      .replace(/[^\w]+/g, '-')
      .replace(/^-+|-+$/g, '')
      .slice(0, 30);
    const base = `reltio-${plain === '' ? 'environment' : plain}`;
    let name = base;
    for (let count = 2; taken.has(name); count++) {
      name = `${base}-${count}`;
    }
    taken.add(name);
    return name;
  });
}
