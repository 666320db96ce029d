import * as l10n from '@vscode/l10n';

/** How a program writes down an MCP server that it reaches over HTTP. */
export interface McpClient {
  readonly label: () => string;
  /** Its list of servers: the path of a file, or what it is called. */
  readonly place: () => string;
  /** The sentence that says where the configuration goes. */
  readonly addIt: () => string;
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

function inFile(label: string, path: string): Pick<McpClient, 'label' | 'place' | 'addIt'> {
  return { label: () => label, place: () => path, addIt: () => l10n.t('Add it to {0}.', path) };
}

/** Checked against the documentation of each program in November 2026. */
export const mcpClients: readonly McpClient[] = [
  {
    ...common,
    label: () => 'VS Code',
    place: () => l10n.t('the file that "MCP: Open User Configuration" opens'),
    addIt: () => l10n.t('Add it to the file that "MCP: Open User Configuration" opens.'),
    list: 'servers',
    type: 'http',
  },
  { ...common, ...inFile('Claude Code', '~/.claude.json'), type: 'http' },
  { ...common, ...inFile('Cursor', '~/.cursor/mcp.json') },
  { ...common, ...inFile('Windsurf', '~/.codeium/windsurf/mcp_config.json'), address: 'serverUrl' },
  {
    ...common,
    label: () => 'Cline',
    place: () => l10n.t('cline_mcp_settings.json, which Configure MCP Servers opens'),
    addIt: () => l10n.t('Add it to cline_mcp_settings.json, which Configure MCP Servers opens.'),
    type: 'streamableHttp',
  },
  { ...common, ...inFile('Gemini CLI', '~/.gemini/settings.json'), address: 'httpUrl' },
  {
    ...inFile('Codex', '~/.codex/config.toml'),
    format: 'toml',
    list: 'mcp_servers',
    address: 'url',
    headers: 'http_headers',
  },
  {
    ...common,
    label: () => l10n.t('Another client'),
    place: () => l10n.t('the MCP configuration of your client'),
    addIt: () => l10n.t('Add it to the MCP configuration of your client.'),
    type: 'http',
  },
];
