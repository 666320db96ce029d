import assert from 'node:assert/strict';
import * as vscode from 'vscode';

/** Parts of `globalValue` that VS Code returns but its types omit. We read them: see `personalSettings.ts`. */
interface Halves {
  readonly globalValue?: unknown;
  readonly globalLocalValue?: unknown;
  readonly globalRemoteValue?: unknown;
}

describe("VS Code's inspection of a setting", () => {
  const set = (name: string, value: unknown): Thenable<void> =>
    vscode.workspace.getConfiguration().update(name, value, vscode.ConfigurationTarget.Global);
  const inspect = (name: string): Halves => vscode.workspace.getConfiguration().inspect(name) ?? {};

  afterEach(async () => {
    await set('http.proxy', undefined);
    await set('reltioAuth.refreshTokenDays', undefined);
  });

  it('separates the value of this computer from that of the remote', async () => {
    const proxy = 'http://127.0.0.1:9';
    await set('http.proxy', proxy);
    const inspected = inspect('http.proxy');
    assert.ok('globalLocalValue' in inspected && 'globalRemoteValue' in inspected, Object.keys(inspected).join());
    assert.equal(inspected.globalValue, proxy);
    const { globalLocalValue, globalRemoteValue } = inspected; // in a browser, VS Code writes it to the server's settings
    assert.ok([globalLocalValue, globalRemoteValue].includes(proxy), `${String(globalLocalValue)} here`);
  });

  it('has the value of an application setting on this computer', async () => {
    await set('reltioAuth.refreshTokenDays', 27);
    assert.equal(inspect('reltioAuth.refreshTokenDays').globalLocalValue, 27);
    assert.equal(inspect('reltioAuth.refreshTokenDays').globalRemoteValue, undefined);
  });
});
