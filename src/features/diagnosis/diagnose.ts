import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { Page } from '../../editor/page/page';
import { pageSchemes } from '../../editor/page/pageSchemes';
import { examine, type DiagnosisParts } from './examine';
import type { Finding } from './finding';
import { reportText } from './report';
import { reportMarkdown } from './reportMarkdown';
import { titleText } from './summary';

export { gather } from './gather'; // loaded together: a separate bundle file would repeat much of this code

interface Found {
  readonly findings: readonly Finding[];
  readonly time: number;
}

/** Checks everything that a sign-in depends on, and shows the findings as a page. */
export class Diagnosis implements vscode.Disposable {
  private last: Found | undefined;
  private readonly page = new Page(
    pageSchemes.diagnosis,
    titleText(),
    () => {
      const { findings, time } = this.last ?? { findings: [], time: 0 };
      return Promise.resolve({ markdown: reportMarkdown(findings, time), text: reportText(findings, time) });
    },
    () => l10n.t('Diagnosis copied. It contains no password, token, user name or file path.'),
  );

  async run(gather: () => Promise<DiagnosisParts>): Promise<void> {
    if (await this.check(gather)) {
      await this.page.show();
    }
  }

  /** Copies the text of the last run, or of the first one if there was none. */
  async copy(gather: () => Promise<DiagnosisParts>): Promise<void> {
    if (this.last !== undefined || (await this.check(gather))) {
      await this.page.copy();
    }
  }

  dispose(): void {
    this.page.dispose();
  }

  /** False when the user cancels. */
  private async check(gather: () => Promise<DiagnosisParts>): Promise<boolean> {
    const found = await vscode.window.withProgress(
      { location: vscode.ProgressLocation.Notification, title: 'Reltio', cancellable: true },
      (progress, token) => this.examine(gather, progress, token),
    );
    if (found === undefined) {
      return false;
    }
    this.last = found;
    return true;
  }

  private async examine(
    gather: () => Promise<DiagnosisParts>,
    progress: vscode.Progress<{ message: string }>,
    token: vscode.CancellationToken,
  ): Promise<Found | undefined> {
    const cancelled = new AbortController();
    const subscription = token.onCancellationRequested(() => {
      cancelled.abort();
    });
    try {
      const parts = await gather();
      const step = (message: string): void => {
        progress.report({ message });
      };
      return { findings: await examine(parts, step, cancelled.signal), time: parts.clock.now() };
    } catch (error) {
      if (cancelled.signal.aborted) {
        return undefined;
      }
      throw error;
    } finally {
      subscription.dispose();
    }
  }
}
