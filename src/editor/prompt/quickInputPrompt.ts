import * as vscode from 'vscode';
import { Failure } from '../../core/base/failure';
import { choose, type Choice } from './confirm';
import { describe } from '../messages/messages';
import { back, type AnyStep, type Back, type BoxStep, type PickStep, type Prompt } from './prompt';

/** VS Code's input boxes and quick picks. They stay open while the user looks up a password elsewhere. */
export function quickInputPrompt(deadline: AbortSignal): Prompt {
  return {
    box: (step) => showBox(step, deadline),
    pick: (step) => showPick(step, deadline),
    choose: (choice) => askModal(choice, deadline),
  };
}

async function showBox<T>(step: BoxStep<T>, deadline: AbortSignal): Promise<T | Back> {
  const box = vscode.window.createInputBox();
  box.title = step.title;
  box.step = step.step;
  box.totalSteps = step.totalSteps;
  box.prompt = step.prompt;
  box.placeholder = step.placeholder ?? '';
  const takes = (text: string): ReturnType<NonNullable<typeof step.inputKind>> =>
    step.secret === true ? 'secret' : (step.inputKind?.(text) ?? 'readable');
  box.value = step.value ?? '';
  box.password = takes(box.value) !== 'readable';
  box.ignoreFocusOut = true;
  const links = (step.links ?? []).map((link) => ({
    iconPath: new vscode.ThemeIcon(link.icon),
    tooltip: link.tooltip,
    value: link.value,
  }));
  box.buttons = [...stepButtons(step), ...links];

  const closed = new AbortController();
  const refuse = (sentence: string): void => {
    box.validationMessage = { message: sentence, severity: vscode.InputBoxValidationSeverity.Error };
  };
  const submit = async (resolve: (value: T) => void): Promise<void> => {
    if (box.busy) {
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
      refuse(describe(error));
    } finally {
      box.enabled = true;
      box.busy = false;
    }
  };

  const listen = (resolve: (value: T | Back) => void): readonly vscode.Disposable[] => [
    box.onDidAccept(() => void submit(resolve)),
    box.onDidChangeValue((text) => {
      if (text !== '') {
        box.validationMessage = undefined;
      }
      const taken = takes(text);
      box.password = taken !== 'readable';
      if (taken === 'submit') {
        void submit(resolve);
      }
    }),
    box.onDidTriggerButton((button) => {
      const link = links.find((one) => one === button);
      if (link !== undefined) {
        resolve(link.value);
      } else {
        pressed(button, step, () => {
          resolve(back);
        });
      }
    }),
  ];
  try {
    return await untilAnswered(box, deadline, closed, listen);
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

async function showPick<T>(step: PickStep<T>, deadline: AbortSignal): Promise<T | Back> {
  const pick = vscode.window.createQuickPick<vscode.QuickPickItem & { readonly value: T }>();
  pick.title = step.title;
  pick.step = step.step;
  pick.totalSteps = step.totalSteps;
  pick.placeholder = step.placeholder;
  pick.ignoreFocusOut = true;
  pick.matchOnDescription = true;
  pick.items = step.items.map(({ label, description, detail, value }) => ({
    label,
    value,
    ...(description === undefined ? {} : { description }),
    ...(detail === undefined ? {} : { detail }),
  }));
  pick.buttons = stepButtons(step);
  const listen = (resolve: (value: T | Back) => void): readonly vscode.Disposable[] => [
    pick.onDidAccept(() => {
      const [chosen] = pick.selectedItems;
      if (chosen !== undefined) {
        resolve(chosen.value);
      }
    }),
    pick.onDidTriggerButton((button) => {
      pressed(button, step, () => {
        resolve(back);
      });
    }),
  ];
  try {
    return await untilAnswered(pick, deadline, new AbortController(), listen);
  } finally {
    pick.dispose();
  }
}

/** An extension cannot close a modal: it stays open after the deadline, and then its buttons are ignored. */
async function askModal<T extends string>(choice: Choice<T>, deadline: AbortSignal): Promise<T | undefined> {
  const over = new Promise<undefined>((resolve) => {
    deadline.addEventListener('abort', () => resolve(undefined), { once: true });
  });
  const agreed = deadline.aborted ? undefined : await Promise.race([choose(choice), over]);
  if (deadline.aborted) {
    throw new Failure('cancelled');
  }
  return agreed;
}

const helpButton: vscode.QuickInputButton = {
  iconPath: new vscode.ThemeIcon('question'),
  tooltip: "What is this? Opens Reltio's documentation",
};

function stepButtons({ canGoBack, help }: AnyStep): vscode.QuickInputButton[] {
  return [...(canGoBack ? [vscode.QuickInputButtons.Back] : []), ...(help === undefined ? [] : [helpButton])];
}

function pressed(button: vscode.QuickInputButton, { help }: AnyStep, goBack: () => void): void {
  if (button === vscode.QuickInputButtons.Back) {
    goBack();
  } else if (help !== undefined) {
    void vscode.env.openExternal(vscode.Uri.parse(help));
  }
}

/** Shows an input until the user answers or leaves it, or until the deadline. */
async function untilAnswered<T>(
  input: vscode.QuickInput,
  deadline: AbortSignal,
  closed: AbortController,
  listen: (resolve: (value: T) => void) => readonly vscode.Disposable[],
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
      disposables.push(...listen(resolve), input.onDidHide(leave), {
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
