import '../../../fakes/fakeVscode';
import assert from 'node:assert/strict';
import { mcpClients } from '../../../../src/features/localProxy/mcp/mcpClients';
import { mcpConfiguration } from '../../../../src/features/localProxy/mcp/mcpConfiguration';

const key = 'k3y-_'.padEnd(43, 'x');
const url = 'http://127.0.0.1:4711/dev/ai/tools/mcp/';
const dev = { environmentName: 'dev', url };
const Authorization = `Bearer ${key}`;

function written(label: string, servers = [dev]): string {
  const client = mcpClients.find((one) => one.label() === label);
  assert.ok(client !== undefined, label);
  return mcpConfiguration(client, servers, key);
}

function parsed(label: string, servers = [dev]): unknown {
  return JSON.parse(written(label, servers));
}

describe('the configuration of an MCP client', () => {
  it('has the shape that each of them documents', () => {
    const headers = { Authorization };
    assert.deepEqual(parsed('VS Code'), { servers: { 'reltio-dev': { type: 'http', url, headers } } });
    assert.deepEqual(parsed('Claude Code'), { mcpServers: { 'reltio-dev': { type: 'http', url, headers } } });
    assert.deepEqual(parsed('Cursor'), { mcpServers: { 'reltio-dev': { url, headers } } });
    assert.deepEqual(parsed('Windsurf'), { mcpServers: { 'reltio-dev': { serverUrl: url, headers } } });
    assert.deepEqual(parsed('Cline'), { mcpServers: { 'reltio-dev': { type: 'streamableHttp', url, headers } } });
    assert.deepEqual(parsed('Gemini CLI'), { mcpServers: { 'reltio-dev': { httpUrl: url, headers } } });
    assert.equal(
      written('Codex'),
      `[mcp_servers.reltio-dev]\nurl = "${url}"\nhttp_headers = { Authorization = "${Authorization}" }\n`,
    );
    assert.equal(mcpClients.length, 8, 'each is tested here, and the last one is like Claude Code');
    assert.deepEqual(parsed('Another client'), parsed('Claude Code'));
  });

  it('has the key in a header only, never in an address that clients log', () => {
    for (const { label: labelOf } of mcpClients) {
      const label = labelOf();
      const text = written(label);
      assert.equal(text.split(key).length, 2, label);
      assert.ok(text.includes(`Bearer ${key}"`), label);
    }
  });

  it('has an entry for each environment, with different names of plain characters', () => {
    const names = ['Dév (EU) 2', 'dev 1', 'dev-1', '日本', '__proto__', 'x'.repeat(80)];
    const servers = names.map((environmentName) => ({ environmentName, url }));
    const { mcpServers } = parsed('Cursor', servers) as { mcpServers: object };
    assert.deepEqual(Object.keys(mcpServers), [
      'reltio-De-v-EU-2',
      'reltio-dev-1',
      'reltio-dev-1-2',
      'reltio-environment',
      'reltio-__proto__',
      `reltio-${'x'.repeat(30)}`,
    ]);
    assert.equal(written('Codex', servers).match(/^\[mcp_servers\.[\w-]+\]$/gm)?.length, names.length);
  });
});
