import { shownDocuments } from '../../fakes/fakeDocuments';
import { clipboard, commandHandlers, installedExtensions, shownMessages } from '../../fakes/fakeVscode';
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { Page } from '../../../src/editor/page/page';

describe('a page', () => {
  const opened: unknown[][] = [];
  let page: Page;
  beforeEach(() => {
    opened.length = 0;
    shownDocuments.length = 0;
    commandHandlers.set('vscode.openWith', (...given: unknown[]) => Promise.resolve(opened.push(given)));
    page = new Page(
      'reltio-sessions',
      'Reltio Sessions',
      () => Promise.resolve({ markdown: '# One', text: 'One' }),
      () => 'Copied.',
    );
  });
  afterEach(() => {
    page.dispose();
    installedExtensions.clear();
    commandHandlers.clear();
  });
  const uri = (path: string): vscode.Uri => vscode.Uri.from({ scheme: 'reltio-sessions', path });

  it("is rendered by VS Code's Markdown preview, in a tab of its own", async () => {
    const id = 'vscode.markdown-language-features';
    installedExtensions.set(id, { isActive: true, activate: () => Promise.resolve(undefined) });
    await page.show();
    const [[shown, editor] = []] = opened;
    assert.equal((shown as vscode.Uri).path, '/Reltio Sessions.md');
    assert.equal(editor, 'vscode.markdown.preview.editor');
    assert.deepEqual(shownDocuments, []);
    assert.equal(await page.provideTextDocumentContent(uri('/Reltio Sessions.md')), '# One');
  });

  it('is a plain text where that is disabled', async () => {
    await page.show();
    assert.deepEqual(opened, []);
    assert.deepEqual(shownDocuments, ['One']);
  });

  it('copies the plain text, and says so', async () => {
    await page.copy();
    assert.equal(clipboard.content, 'One');
    assert.deepEqual(shownMessages.at(-1)?.texts, ['Copied.']);
  });

  it('updates where it is open', () => {
    const changed: string[] = [];
    page.onDidChange(({ path }) => changed.push(path));
    page.update();
    assert.deepEqual(changed, ['/Reltio Sessions.md', '/Reltio Sessions.txt']);
  });
});
