import { grantTrust, personalSettings, workspaceTrust } from '../../../fakes/fakeVscode';
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { Failure } from '../../../../src/core/base/failure';
import { PersonalSettings } from '../../../../src/editor/settings/personalSettings';
import { Settings } from '../../../../src/editor/settings/settings';
import { McpDefinitions } from '../../../../src/features/localProxy/mcp/mcpDefinitions';
import { LateFakeProxy } from '../../../fakes/lateFakeProxy';

const dev = { name: 'dev', url: 'https://dev.reltio.com', mcp: true };

const setUp = (...environments: readonly object[]): unknown =>
  vscode.workspace
    .getConfiguration()
    .update('reltioAuth.environments', environments, vscode.ConfigurationTarget.Global);

describe('the MCP servers that VS Code lists', () => {
  let proxy: LateFakeProxy;
  let definitions: McpDefinitions;
  let changes: number;
  beforeEach(() => {
    proxy = new LateFakeProxy();
    changes = 0;
    personalSettings.clear();
    setUp(dev, { name: 'test', url: 'https://test.reltio.com' });
    definitions = new McpDefinitions(proxy, new Settings(new PersonalSettings('ui')), () => {
      changes += 1;
    });
  });
  afterEach(() => {
    personalSettings.clear();
    workspaceTrust.isTrusted = true;
  });
  const labels = async () => (await definitions.list()).map(({ label }) => label);
  const onlyVersion = async () => (await definitions.list())[0]?.version;
  const shown = ({ label, uri, headers }: vscode.McpHttpServerDefinition) => ({
    label,
    address: uri.toString(true),
    headers,
  });
  const resolved = async (label = 'Reltio dev') => {
    const definition = await definitions.resolve(label);
    return definition === undefined ? undefined : shown(definition);
  };

  it('are those of the environments with mcp: true, without a secret, a question or a start', async () => {
    const [definition, ...others] = await definitions.list();
    assert.ok(definition !== undefined);
    assert.deepEqual(others, []);
    assert.deepEqual(shown(definition), {
      label: 'Reltio dev',
      address: 'http://127.0.0.1:4711/dev/ai/tools/mcp/',
      headers: { 'X-Definition-Version': definition.version },
    });
    assert.deepEqual(proxy.calls, ['openIfUsed', 'open']);
  });

  it('are none in an untrusted workspace, before the user has agreed, and after a stop', async () => {
    workspaceTrust.isTrusted = false;
    assert.deepEqual(await labels(), []);
    grantTrust();
    assert.deepEqual(await labels(), ['Reltio dev']);
    proxy.become({ agreed: false });
    assert.deepEqual(await labels(), []);
    assert.equal(await definitions.resolve('Reltio dev'), undefined);
    assert.ok(!proxy.calls.includes('key'));
  });

  it('are none where nobody ever started the proxy, and the proxy is not opened for that', async () => {
    proxy.wasUsed = false;
    assert.deepEqual(await labels(), []);
    setUp({ ...dev, mcp: false });
    proxy.wasUsed = true;
    assert.deepEqual(await labels(), []);
    assert.deepEqual(proxy.calls, ['openIfUsed']);
  });

  it('get the key in a header, and never in the address, when VS Code is about to start one', async () => {
    const [listed] = await definitions.list();
    assert.deepEqual(await resolved(), {
      label: 'Reltio dev',
      address: 'http://127.0.0.1:4711/dev/ai/tools/mcp/',
      headers: { Authorization: 'Bearer first-key' },
    });
    assert.ok(!JSON.stringify([listed, await definitions.list()]).includes('first-key'), 'VS Code keeps these');
  });

  it('have the port on which the proxy then listens', async () => {
    proxy.become({ port: undefined });
    await definitions.list();
    assert.equal((await resolved())?.address, 'http://127.0.0.1:4712/dev/ai/tools/mcp/');
  });

  it('lead to their environment, whatever characters its name has', async () => {
    setUp({ ...dev, name: 'a/../b' }, { ...dev, name: '50% ?#' });
    assert.equal((await resolved('Reltio a/../b'))?.address, 'http://127.0.0.1:4711/a%2F..%2Fb/ai/tools/mcp/');
    assert.equal((await resolved('Reltio 50% ?#'))?.address, 'http://127.0.0.1:4711/50%25%20%3F%23/ai/tools/mcp/');
  });

  it('have different labels, because VS Code finds a server by its label', async () => {
    setUp({ ...dev, name: 'dev[1]' }, { ...dev, name: 'dev(1)' });
    assert.deepEqual(await labels(), ['Reltio dev(1)', 'Reltio dev(1) (2)']);
    assert.match((await resolved('Reltio dev(1) (2)'))?.address ?? '', /\/dev%281%29\//);
  });

  it('are resolved to nothing if the environment is gone', async () => {
    await definitions.list();
    setUp();
    assert.equal(await resolved(), undefined);
  });

  it('say in a sentence why one cannot start', async () => {
    proxy.trouble = new Failure('localProxyPortTaken', { port: 4711 });
    await assert.rejects(definitions.resolve('Reltio dev'), /4711/);
  });

  it('have another version once port or key differ from those of a running server, and the same otherwise', async () => {
    const before = await onlyVersion();
    await proxy.replaceKey();
    assert.equal(await onlyVersion(), before, 'no server has the old key');
    await resolved();
    proxy.become({ account: 'another' });
    assert.equal(await onlyVersion(), before);
    await proxy.replaceKey();
    const afterKey = await onlyVersion();
    assert.notEqual(afterKey, before);
    assert.equal(await onlyVersion(), afterKey);
    await resolved();
    proxy.become({ port: 5000 });
    assert.notEqual(await onlyVersion(), afterKey);
    assert.equal((await definitions.list())[0]?.uri.toString(true), 'http://127.0.0.1:5000/dev/ai/tools/mcp/');
    const versions = [before, afterKey].join();
    assert.ok(!/key/.test(versions), versions);
  });

  it('keep their version and port if the proxy starts on another port than before', async () => {
    proxy.become({ port: 4000 });
    const before = await definitions.list();
    proxy.shared = { ...proxy.shared, port: undefined };
    await resolved();
    assert.deepEqual(await definitions.list(), before, 'or VS Code would stop the server that it has just started');
  });

  it('have another version when the environment is another one', async () => {
    const before = await onlyVersion();
    setUp({ ...dev, url: 'https://dev2.reltio.com' });
    assert.notEqual(await onlyVersion(), before);
  });

  it('are asked for again when they differ from what VS Code knows, and only then', async () => {
    const after = async (change: () => unknown): Promise<number> => {
      await change();
      const before = changes;
      await Promise.all([definitions.check(), definitions.check()]);
      return changes - before;
    };
    await definitions.list();
    assert.equal(await after(() => undefined), 0);
    assert.equal(await after(() => setUp({ ...dev, tenant: 'AcmeDev01', production: true })), 0);
    assert.equal(await after(() => setUp(dev, { ...dev, name: 'test' })), 1);
    assert.equal(await after(() => definitions.list()), 0);
    assert.equal(await after(() => proxy.become({ agreed: false })), 1);
    assert.equal(await after(() => proxy.become({ agreed: true })), 1);
    assert.equal(await after(() => (workspaceTrust.isTrusted = false)), 1);
    assert.equal(await after(() => grantTrust()), 1);
    assert.equal(await after(() => resolved()), 0);
    assert.equal(await after(() => proxy.become({ wanted: true, account: 'other' })), 0);
    assert.equal(await after(() => proxy.replaceKey()), 1);
    assert.equal(await after(() => definitions.list()), 0);
    assert.equal(await after(() => proxy.become({ port: 5001 })), 0, 'no server runs with the old one');
    await resolved();
    assert.equal(await after(() => proxy.become({ port: 5002 })), 1);
  });
});
