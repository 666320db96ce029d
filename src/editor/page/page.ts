import * as vscode from 'vscode';
import type { PageScheme } from './pageSchemes';

/**
 * VS Code's Markdown preview as an editor of a tab. The command "markdown.showPreview" opens a panel instead, whose title bar
 * cannot have our buttons.
 */
const preview = 'vscode.markdown.preview.editor';
const previewExtension = 'vscode.markdown-language-features';

export interface PageContent {
  readonly markdown: string;
  /** The same as plain text: what is copied. */
  readonly text: string;
}

/** A read-only page in a tab, rendered by VS Code's Markdown preview. Where that is disabled, it is shown as plain text. */
export class Page implements vscode.TextDocumentContentProvider, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<vscode.Uri>();
  readonly onDidChange = this.changed.event;
  private readonly registration: vscode.Disposable;
  private readonly rendered: vscode.Uri;
  private readonly plain: vscode.Uri;

  /** @param title of the tab: a file name without an extension */
  constructor(
    scheme: PageScheme,
    title: string,
    private readonly content: () => Promise<PageContent>,
    /** A sentence for the user who has copied the text. */
    private readonly copied: () => string,
  ) {
    this.rendered = vscode.Uri.from({ scheme, path: `/${title}.md` });
    this.plain = vscode.Uri.from({ scheme, path: `/${title}.txt` });
    this.registration = vscode.workspace.registerTextDocumentContentProvider(scheme, this);
  }

  async provideTextDocumentContent({ path }: vscode.Uri): Promise<string> {
    const { markdown, text } = await this.content();
    return path === this.plain.path ? text : markdown;
  }

  async show(): Promise<void> {
    this.update();
    if (vscode.extensions.getExtension(previewExtension) === undefined) {
      await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(this.plain), { preview: false });
    } else {
      await vscode.commands.executeCommand('vscode.openWith', this.rendered, preview, { preview: false });
    }
  }

  /** Updates the page where it is open. */
  update(): void {
    this.changed.fire(this.rendered);
    this.changed.fire(this.plain);
  }

  async copy(): Promise<void> {
    await vscode.env.clipboard.writeText((await this.content()).text);
    void vscode.window.showInformationMessage(this.copied());
  }

  dispose(): void {
    this.registration.dispose();
    this.changed.dispose();
  }
}
