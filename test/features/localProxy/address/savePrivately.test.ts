import '../../../fakes/fakeQuickInput';
import assert from 'node:assert/strict';
import { chmodSync, lstatSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { removeFolder, temporaryFolder } from '../../../../scripts/process/folders';
import { isFailure } from '../../../../src/core/base/failure';
import { savePrivately } from '../../../../src/features/localProxy/address/savePrivately';

describe('saving a file with the key', () => {
  let folder: string;
  let asked: { readonly defaultUri: string }[];
  let written: Map<string, string>;
  const save = async (chosen: { readonly scheme: string; readonly path: string } | undefined): Promise<void> => {
    const uri = chosen && { ...chosen, fsPath: chosen.path };
    Object.assign(vscode.Uri, { file: (path: string) => ({ scheme: 'file', path, fsPath: path }) });
    Object.assign(vscode.window, {
      showSaveDialog: ({ defaultUri }: { defaultUri: { path: string } }) => {
        asked.push({ defaultUri: defaultUri.path });
        return Promise.resolve(uri);
      },
    });
    Object.assign(vscode.workspace.fs, {
      writeFile: ({ path }: { path: string }, bytes: Uint8Array) => {
        written.set(path, Buffer.from(bytes).toString());
        return Promise.resolve();
      },
    });
    await savePrivately('Save', 'x.json', 'the key');
  };
  beforeEach(() => {
    folder = temporaryFolder('save');
    asked = [];
    written = new Map();
  });
  afterEach(() => {
    removeFolder(folder);
  });

  it('asks where, suggests no folder of the workspace, and writes a file that only the user can read', async () => {
    const path = join(folder, 'x.json');
    await save({ scheme: 'file', path });
    assert.deepEqual(asked, [{ defaultUri: join(homedir(), 'x.json') }]);
    assert.equal(readFileSync(path, 'utf8'), 'the key');
    if (process.platform !== 'win32') assert.equal(statSync(path).mode & 0o777, 0o600);
  });

  it('writes nothing if the user leaves', async () => {
    await assert.rejects(save(undefined), (error) => isFailure(error) && error.code === 'cancelled');
    assert.equal(written.size, 0);
  });

  it('keeps nobody reading who could read the file before, and follows no link', async function () {
    if (process.platform === 'win32') return; // neither is usual there
    const path = join(folder, 'x.json');
    writeFileSync(path, 'old');
    chmodSync(path, 0o666);
    await save({ scheme: 'file', path });
    assert.equal(statSync(path).mode & 0o777, 0o600);
    const link = join(folder, 'link.json');
    symlinkSync(join(folder, 'elsewhere'), link);
    await save({ scheme: 'file', path: link });
    assert.ok(lstatSync(link).isFile());
  });

  it('writes to another file system through VS Code', async () => {
    await save({ scheme: 'vscode-userdata', path: '/x.json' });
    assert.deepEqual([...written], [['/x.json', 'the key']]);
  });

  it('fails if the place cannot be written', async () => {
    await assert.rejects(save({ scheme: 'file', path: join(folder, 'gone', 'x.json') }), { code: 'ENOENT' });
  });
});
