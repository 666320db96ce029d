/** How a program writes down an MCP server that it reaches over HTTP. */
export interface McpClient {
  readonly label: string;
  /** Continues "Add it to". */
  readonly place: string;
  readonly format: 'json' | 'toml';
  /** The object or table that has an entry for each server. */
  readonly list: string;
  /** The field of its address. */
  readonly address: string;
  /** The field of its headers. */
  readonly headers: string;
  /** The `type` of an entry, for programs that would otherwise expect a command or an older protocol. */
  readonly type?: string;
}

const common = { format: 'json', list: 'mcpServers', address: 'url', headers: 'headers' } as const;

/** Checked against the documentation of each program in November 2026. */
export const mcpClients: readonly McpClient[] = [
  {
    ...common,
    label: 'VS Code',
    place: 'the file that "MCP: Open User Configuration" opens',
    list: 'servers',
    type: 'http',
  },
  { ...common, label: 'Claude Code', place: '~/.claude.json', type: 'http' },
  { ...common, label: 'Cursor', place: '~/.cursor/mcp.json' },
  { ...common, label: 'Windsurf', place: '~/.codeium/windsurf/mcp_config.json', address: 'serverUrl' },
  {
    ...common,
    label: 'Cline',
    place: 'cline_mcp_settings.json, which Configure MCP Servers opens',
    type: 'streamableHttp',
  },
  { ...common, label: 'Gemini CLI', place: '~/.gemini/settings.json', address: 'httpUrl' },
  {
    label: 'Codex',
    place: '~/.codex/config.toml',
    format: 'toml',
    list: 'mcp_servers',
    address: 'url',
    headers: 'http_headers',
  },
  { ...common, label: 'Another client', place: 'the MCP configuration of your client', type: 'http' },
];
