import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { Failure } from '../../core/base/failure';
import type { AnyStep } from './prompt';

export function stepButtons({ canGoBack, help }: AnyStep): vscode.QuickInputButton[] {
  return [...(canGoBack ? [vscode.QuickInputButtons.Back] : []), ...(help === undefined ? [] : [helpButton()])];
}

function helpButton(): vscode.QuickInputButton {
  return {
    iconPath: new vscode.ThemeIcon('question'),
    tooltip: l10n.t("What is this? Opens Reltio's documentation"),
  };
}

/** What boxes and lists have in common. The number of the only step says nothing. */
export function frame(input: vscode.QuickInput, step: AnyStep): void {
  input.title = step.title;
  if (step.totalSteps > 1) {
    input.step = step.step;
    input.totalSteps = step.totalSteps;
  }
  input.ignoreFocusOut = true;
}

export function pressed(button: vscode.QuickInputButton, { help }: AnyStep, goBack: () => void): void {
  if (button === vscode.QuickInputButtons.Back) {
    goBack();
  } else if (help !== undefined) {
    void vscode.env.openExternal(vscode.Uri.parse(help));
  }
}

/** Shows an input until the user answers or leaves it, or until the deadline. */
export async function untilAnswered<T>(
  input: vscode.QuickInput,
  deadline: AbortSignal,
  closed: AbortController,
  listen: (resolve: (value: T) => void, reject: (error: unknown) => void) => readonly vscode.Disposable[],
): Promise<T> {
  const disposables: vscode.Disposable[] = [];
  try {
    return await new Promise<T>((resolve, reject) => {
      const leave = (): void => {
        reject(new Failure('cancelled'));
      };
      if (deadline.aborted) {
        leave();
        return;
      }
      deadline.addEventListener('abort', leave, { once: true });
      disposables.push(...listen(resolve, reject), input.onDidHide(leave), {
        dispose: () => deadline.removeEventListener('abort', leave),
      });
      input.show();
    });
  } finally {
    closed.abort();
    disposables.forEach((disposable) => {
      disposable.dispose();
    });
  }
}
