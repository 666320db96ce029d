import assert from 'node:assert/strict';
import { isForMcp } from '../../../src/core/localProxy/mcpPath';

describe('a request for the MCP server of an environment', () => {
  it('is one for its path, with or without the last slash, or for what is below it', () => {
    for (const target of [
      '/ai/tools/mcp',
      '/ai/tools/mcp/',
      '/ai/tools/mcp?a=/b',
      '/ai/tools/mcp/messages?session=1',
    ]) {
      assert.ok(isForMcp(target), target);
    }
    for (const target of [
      '/',
      '/ai/tools',
      '/ai/tools/mcpx',
      '/x/ai/tools/mcp/',
      '/reltio/api/t/entities?x=/ai/tools/mcp/',
    ]) {
      assert.ok(!isForMcp(target), target);
    }
  });
});
