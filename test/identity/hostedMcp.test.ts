import assert from 'node:assert/strict';
import { LoggingMessageNotificationSchema } from '@modelcontextprotocol/sdk/types.js';
import { HostedMcp } from './hostedMcp';
import { signIn } from './caller';
import { connectMcp, echo, type McpConnection } from './mcpClient';
import { type IdentityServer, startIdentityServer } from './server';

describe('the MCP server of the environment', () => {
  let hosted: HostedMcp;
  let server: IdentityServer;
  let token: string;
  let connections: McpConnection[];
  beforeEach(async () => {
    hosted = new HostedMcp();
    server = await startIdentityServer({ hosted });
    token = String((await signIn(server)).body['access_token']);
    connections = [];
  });
  afterEach(async () => {
    await Promise.all(connections.map(({ client }) => client.close()));
    await server.close();
  });
  const connect = async (path = '/ai/tools/mcp/'): Promise<McpConnection> => {
    const connection = await connectMcp(server.url + path, token);
    connections.push(connection);
    return connection;
  };

  it('lists and calls tools, reports progress, and sends messages on a stream of its own', async () => {
    const connection = await connect();
    const { tools } = await connection.client.listTools();
    assert.deepEqual(
      tools.map(({ name }) => name),
      ['echo', 'count'],
    );
    assert.equal(await echo(connection, 'Ada'), 'Ada');
    const steps: number[] = [];
    const onprogress = ({ progress }: { progress: number }) => steps.push(progress);
    await connection.client.callTool({ name: 'count', arguments: { to: 3 } }, undefined, { onprogress });
    assert.deepEqual(steps, [1, 2, 3]);
    const message = new Promise((resolve) => {
      connection.client.setNotificationHandler(LoggingMessageNotificationSchema, ({ params }) => {
        resolve(params.data);
      });
    });
    await hosted.opened(1);
    await hosted.notify('news');
    assert.equal(await message, 'news');
    await connection.transport.terminateSession();
    assert.equal(hosted.ended.length, 1);
  });

  it('redirects to the address with a slash', async () => {
    assert.equal(await echo(await connect('/ai/tools/mcp'), 'Ada'), 'Ada');
    assert.equal(server.requests.to('/ai/tools/mcp')[0]?.status, 307);
  });

  it('refuses what Reltio refuses, and repeats the token', async () => {
    server.expireAccessTokens();
    const ask = async (headers: Record<string, string>) => {
      const response = await fetch(`${server.url}/ai/tools/mcp/`, { method: 'POST', headers });
      return { status: response.status, body: await response.text() };
    };
    assert.deepEqual(await ask({}), {
      status: 401,
      body: '{"error_code":"Unauthorized","error":"No authorization bearer token detected"}',
    });
    const refused = await ask({ authorization: `Bearer ${token}` });
    assert.equal(refused.status, 401);
    assert.ok(refused.body.includes(`Invalid access token: ${token}`), refused.body);
  });
});
