import * as vscode from 'vscode';
import { isWindowOutdated } from '../../core/base/failure';
import { describe } from '../messages/messages';
import { back, type Back, type BoxStep } from './prompt';
import { frame, pressed, stepButtons, untilAnswered } from './quickInput';

export async function showBox<T>(step: BoxStep<T>, deadline: AbortSignal): Promise<T | Back> {
  const box = vscode.window.createInputBox();
  frame(box, step);
  box.prompt = step.prompt;
  box.placeholder = step.placeholder ?? '';
  const takes = (text: string): ReturnType<NonNullable<typeof step.inputKind>> =>
    step.secret === true ? 'secret' : (step.inputKind?.(text) ?? 'readable');
  box.value = step.value ?? '';
  box.password = takes(box.value) !== 'readable';
  const links = (step.links ?? []).map((link) => ({
    iconPath: new vscode.ThemeIcon(link.icon),
    tooltip: link.tooltip,
    link,
  }));
  box.buttons = [...stepButtons(step), ...links];

  const closed = new AbortController();
  const refuse = (sentence: string): void => {
    box.validationMessage = { message: sentence, severity: vscode.InputBoxValidationSeverity.Error };
  };
  let isWaiting = false;
  const open = (answer: (value: T) => void): void => {
    step.opened?.({
      closed: closed.signal,
      answer,
      wait: (nowWaiting) => {
        isWaiting = nowWaiting;
        box.busy = isWaiting || !box.enabled;
        if (isWaiting) {
          box.validationMessage = undefined;
        }
      },
      refuse,
    });
  };
  const submit = async (resolve: (value: T) => void, reject: (error: unknown) => void): Promise<void> => {
    if (!box.enabled) {
      return;
    }
    box.busy = true;
    box.enabled = false;
    box.validationMessage = undefined;
    try {
      const submitted = await step.submit(box.value, closed.signal);
      if (submitted.kind === 'accepted') {
        resolve(submitted.value);
        return;
      }
      if (submitted.clear === true) {
        box.value = '';
        box.password = takes('') !== 'readable';
      }
      refuse(submitted.sentence);
    } catch (error) {
      if (isWindowOutdated(error)) {
        reject(error); // nothing that is entered here can help
      } else {
        refuse(describe(error));
      }
    } finally {
      box.enabled = true;
      box.busy = isWaiting;
    }
  };

  const listen = (
    resolve: (value: T | Back) => void,
    reject: (error: unknown) => void,
  ): readonly vscode.Disposable[] => [
    box.onDidAccept(() => void submit(resolve, reject)),
    box.onDidChangeValue((text) => {
      if (text !== '') {
        box.validationMessage = undefined;
      }
      const taken = takes(text);
      box.password = taken !== 'readable';
      if (taken === 'submit') {
        void submit(resolve, reject);
      }
    }),
    box.onDidTriggerButton((button) => {
      const link = links.find((one) => one === button)?.link;
      if (link === undefined) {
        pressed(button, step, () => {
          resolve(back);
        });
      } else if ('run' in link) {
        link.run();
      } else {
        resolve(link.value);
      }
    }),
  ];
  try {
    return await untilAnswered(box, deadline, closed, (resolve, reject) => {
      open(resolve);
      return listen(resolve, reject);
    });
  } finally {
    clearAndDispose(box);
  }
}

/** VS Code reuses one box for everything, and keeps the last text in it until the next use. */
function clearAndDispose(box: vscode.InputBox): void {
  box.value = '';
  box.hide(); // sends pending changes, which a disposed box would drop
  box.dispose();
}
