import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';

export interface McpConnection {
  readonly client: Client;
  readonly transport: StreamableHTTPClientTransport;
}

/** An MCP client, as its makers deliver it, with this bearer in a header. */
export async function connectMcp(url: string, bearer: string): Promise<McpConnection> {
  const headers = { Authorization: `Bearer ${bearer}` };
  const transport = new StreamableHTTPClientTransport(new URL(url), { requestInit: { headers } });
  const client = new Client({ name: 'test', version: '1.0.0' });
  await client.connect(transport); // its own types differ under exactOptionalPropertyTypes
  return { client, transport };
}

/** Calls `echo` once, and returns what it says. */
export async function echo({ client }: McpConnection, text: string): Promise<unknown> {
  const { content } = await client.callTool({ name: 'echo', arguments: { text } });
  return (content as readonly { readonly text?: unknown }[])[0]?.text;
}
