import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { extensionId } from '../../src/editor/messages/extensionId';

describe('the extension host', () => {
  for (const id of [extensionId, 'test-fixtures.reltio-auth-consumer']) {
    it(`has ${id} and activates it`, async () => {
      const extension = vscode.extensions.getExtension(id);
      assert.ok(extension !== undefined, `${id} is installed`);
      await extension.activate();
      assert.equal(extension.isActive, true);
    });
  }

  it('is the VS Code version that the runner requested', () => {
    const wanted = process.env['RELTIO_TEST_VSCODE'];
    assert.ok(wanted !== undefined, 'the runner names the version');
    assert.equal(vscode.version, wanted);
  });

  it('sees nothing of an outer VS Code or of npm', () => {
    const leaks = Object.keys(process.env).filter((name) => /^(npm_|NODE_OPTIONS$)/.test(name));
    assert.deepEqual(leaks, []);
  });
});
