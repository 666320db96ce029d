/** Where Reltio's hosted MCP server is, below the address of an environment (docs/reltio.md, R34). */
export const mcpPath = '/ai/tools/mcp/';

/** Whether a request is for that server; it redirects an address without the last slash to the one with it. */
export function isForMcp(target: string): boolean {
  return `${target.replace(/\?.*/, '').replace(/\/$/, '')}/`.startsWith(mcpPath);
}
