import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import {
  type CallToolResult,
  CallToolRequestSchema,
  ListToolsRequestSchema,
  type Tool,
} from '@modelcontextprotocol/sdk/types.js';
import { json } from './answer';
import { bearerOf } from './bearer';
import { send } from './delivery';
import type { HostedPart } from './hostedPart';
import type { Identity } from './identity';

const root = '/ai/tools/mcp';

interface Session {
  readonly server: McpServer;
  readonly transport: StreamableHTTPServerTransport;
}

/** The MCP server of an environment: streamable HTTP with sessions, and a stream of its own for each of them. */
export class HostedMcp implements HostedPart {
  /** How often each tool was called. */
  readonly calls = { echo: 0, count: 0 };
  /** Ids of the sessions that a client has ended with DELETE. */
  readonly ended: string[] = [];
  /** Whether the steps of `count` wait for `proceed`: a client that got one of them late would wait for ever. */
  waitsForClient = false;
  proceed: () => void = () => undefined;
  private readonly sessions = new Map<string, Session>();
  private streams = 0;
  private readonly waiting: { readonly count: number; readonly resolve: () => void }[] = [];

  handles(path: string): boolean {
    return path === root || path.startsWith(`${root}/`);
  }

  /** @returns the status of the answer */
  async answer(path: string, request: IncomingMessage, response: ServerResponse, identity: Identity): Promise<number> {
    if (path === root) {
      response.writeHead(307, { location: `${root}/` }).end();
      return 307;
    }
    const login = bearerOf(request.headers, identity);
    if (login === undefined || 'status' in login) {
      const refused = { error_code: 'Unauthorized', error: 'No authorization bearer token detected' };
      send(response, login ?? json(401, refused));
      return 401;
    }
    const handled = (await this.transportOf(request)).handleRequest(request, response);
    if (request.method === 'GET') {
      setImmediate(() => {
        this.streams += 1;
        this.waiting
          .filter(({ count }) => count <= this.streams)
          .forEach(({ resolve }) => {
            resolve();
          });
      });
    }
    await handled;
    return response.statusCode;
  }

  /** Resolves when clients have opened this many streams. */
  async opened(count: number): Promise<void> {
    if (this.streams < count) {
      await new Promise<void>((resolve) => this.waiting.push({ count, resolve }));
    }
  }

  /** Sends a message to each client that has its stream open. */
  async notify(data: string): Promise<void> {
    for (const { server } of this.sessions.values()) {
      await server.server.sendLoggingMessage({ level: 'info', data });
    }
  }

  async close(): Promise<void> {
    await Promise.all([...this.sessions.values()].map(({ server }) => server.close()));
  }

  /** One without a session answers as the protocol says: 400 without a session id, 404 with one that it does not know. */
  private async transportOf({ headers }: IncomingMessage): Promise<StreamableHTTPServerTransport> {
    const known = this.sessions.get(String(headers['mcp-session-id']));
    if (known !== undefined) {
      return known.transport;
    }
    const server = this.newServer();
    const transport = new StreamableHTTPServerTransport({
      sessionIdGenerator: randomUUID,
      onsessioninitialized: (id) => {
        this.sessions.set(id, { server, transport });
      },
      onsessionclosed: (id) => {
        this.ended.push(id);
        this.sessions.delete(id);
      },
    });
    await server.connect(transport);
    return transport;
  }

  private newServer(): McpServer {
    const capabilities = { logging: {}, tools: {} };
    const server = new McpServer({ name: 'Reltio of the tests', version: '1.0.0' }, { capabilities });
    server.server.setRequestHandler(ListToolsRequestSchema, () => ({ tools }));
    server.server.setRequestHandler(CallToolRequestSchema, async ({ params }, { _meta, sendNotification }) => {
      const { name, arguments: input = {} } = params;
      if (name === 'echo') {
        this.calls.echo += 1;
        return text(String(input['text']));
      }
      this.calls.count += 1;
      const [total, progressToken] = [Number(input['to']), _meta?.progressToken];
      for (let progress = 1; progressToken !== undefined && progress <= total; progress++) {
        const seen = new Promise<void>((resolve) => (this.proceed = resolve));
        await sendNotification({ method: 'notifications/progress', params: { progressToken, progress, total } });
        await (this.waitsForClient ? seen : undefined);
      }
      return text(`counted to ${total}`);
    });
    return server;
  }
}

function text(content: string): CallToolResult {
  return { content: [{ type: 'text', text: content }] };
}

/** They change nothing, so that VS Code asks no questions before it calls one. */
const annotations = { readOnlyHint: true };
const tools: Tool[] = [
  {
    name: 'echo',
    description: 'Returns the text.',
    inputSchema: { type: 'object', properties: { text: { type: 'string' } }, required: ['text'] },
    annotations,
  },
  {
    name: 'count',
    description: 'Counts, and reports each step.',
    inputSchema: { type: 'object', properties: { to: { type: 'number' } }, required: ['to'] },
    annotations,
  },
];
