import { commandHandlers, grantTrust, mcpProviders, personalSettings, workspaceTrust } from '../../../fakes/fakeVscode';
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { registerMcp } from '../../../../src/features/localProxy/mcp/registerMcp';
import { fakeHost } from '../../../fakes/fakeHost';
import { Installation } from '../../../fakes/installation';
import { LateFakeProxy } from '../../../fakes/lateFakeProxy';

type Provider = vscode.McpServerDefinitionProvider<vscode.McpHttpServerDefinition>;
const token = {} as vscode.CancellationToken;

describe('the registration of MCP servers', () => {
  let proxy: LateFakeProxy;
  let registration: vscode.Disposable | undefined;
  let changes: number;
  let notify: () => void = () => undefined;
  const register = (): Provider | undefined => {
    const core = new Installation().alone().openCore();
    registration = registerMcp(proxy, core.real, fakeHost(core));
    const provider = mcpProviders.registered.get('reltioAuth.environments') as Provider | undefined;
    changes = 0;
    provider?.onDidChangeMcpServerDefinitions?.(() => {
      changes += 1;
      notify();
    });
    return provider;
  };
  const setUp = (environment: object): unknown =>
    vscode.workspace
      .getConfiguration()
      .update('reltioAuth.environments', [environment], vscode.ConfigurationTarget.Global);
  const dev = { name: 'dev', url: 'https://dev.reltio.com', mcp: true };
  const untilChanged = async (count: number): Promise<void> => {
    while (changes < count) await new Promise<void>((resolve) => (notify = resolve));
    assert.equal(changes, count);
  };
  beforeEach(() => {
    personalSettings.clear();
    proxy = new LateFakeProxy();
  });
  afterEach(() => {
    registration?.dispose();
    personalSettings.clear();
    workspaceTrust.isTrusted = mcpProviders.isSupported = true;
  });

  it('lists nothing and touches nothing while no environment has one', async () => {
    for (const unusable of [undefined, 'dev', [null, 7, { ...dev, mcp: 'yes' }, { ...dev, mcp: false }]]) {
      personalSettings.set('reltioAuth.environments', unusable);
      const provider = register();
      assert.deepEqual(await provider?.provideMcpServerDefinitions(token), []);
      proxy.become({ agreed: false });
      proxy.become({ agreed: true });
      grantTrust();
      registration?.dispose();
    }
    assert.deepEqual(proxy.calls, []);
  });

  it('lists and resolves servers, and says when settings, agreement, trust or key change', async () => {
    const provider = register();
    await setUp(dev);
    await untilChanged(1);
    const [listed] = (await provider?.provideMcpServerDefinitions(token)) ?? [];
    assert.ok(listed !== undefined);
    const started = await provider?.resolveMcpServerDefinition?.(listed, token);
    assert.deepEqual(started?.headers, { Authorization: 'Bearer first-key' });
    assert.ok(proxy.calls.includes('start'), proxy.calls.join());
    await proxy.replaceKey();
    await untilChanged(2);
    proxy.become({ agreed: false });
    await untilChanged(3);
    proxy.become({ agreed: true });
    await untilChanged(4);
    workspaceTrust.isTrusted = false;
    assert.deepEqual(await provider?.provideMcpServerDefinitions(token), []);
    grantTrust();
    await untilChanged(5);
    await setUp({ ...dev, mcp: false });
    await untilChanged(6);
  });

  it('does not reject a list that it cannot read: VS Code would not handle that', async () => {
    personalSettings.set('reltioAuth.environments', [dev]);
    proxy.openIfUsed = () => Promise.reject(new Error('the disk is full'));
    assert.deepEqual(await register()?.provideMcpServerDefinitions(token), []);
  });

  it('is left out where VS Code has no MCP servers; the command for other clients stays', () => {
    mcpProviders.isSupported = false;
    assert.equal(register(), undefined);
    assert.ok(commandHandlers.has('reltioAuth.copyMcpConfiguration'));
  });
});
