import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { back, type Back, type PickItem, type PickStep } from './prompt';
import { frame, pressed, stepButtons, untilAnswered } from './quickInput';

type Row<T> = vscode.QuickPickItem & { readonly of?: PickItem<T> };

export async function showPick<T>(step: PickStep<T>, deadline: AbortSignal): Promise<T | Back> {
  const pick = vscode.window.createQuickPick<Row<T>>();
  frame(pick, step);
  pick.placeholder = step.placeholder;
  pick.matchOnDescription = true;
  pick.matchOnDetail = true;
  const rows = rowsOf(step.items);
  pick.items = rows;
  const before = rows.find(({ of }) => of !== undefined && step.wasChosen?.(of.value) === true);
  if (before !== undefined) {
    pick.activeItems = [before]; // with none, VS Code would not even select the first item, and Enter would do nothing
  }
  pick.buttons = stepButtons(step);
  pick.busy = step.work !== undefined;
  const closed = new AbortController();
  const listen = (
    resolve: (value: T | Back) => void,
    reject: (error: unknown) => void,
  ): readonly vscode.Disposable[] => {
    step.work?.(closed.signal).then(resolve, reject);
    return [
      pick.onDidAccept(() => {
        const chosen = pick.selectedItems[0]?.of;
        if (chosen?.unavailable !== undefined) {
          pick.value = ''; // a text in the box would hide the placeholder
          pick.placeholder = chosen.unavailable;
        } else if (chosen !== undefined) {
          resolve(chosen.value);
        }
      }),
      pick.onDidTriggerButton((button) => {
        pressed(button, step, () => {
          resolve(back);
        });
      }),
    ];
  };
  try {
    return await untilAnswered(pick, deadline, closed, listen);
  } finally {
    pick.dispose();
  }
}

/** The items that can be chosen, then the others below a separator. */
function rowsOf<T>(items: readonly PickItem<T>[]): readonly Row<T>[] {
  const isUsable = ({ unavailable }: PickItem<T>): boolean => unavailable === undefined;
  const others = items.filter((item) => !isUsable(item));
  const line: Row<T> = { label: l10n.t('Not available here'), kind: vscode.QuickPickItemKind.Separator };
  return [...items.filter(isUsable).map(rowOf), ...(others.length === 0 ? [] : [line, ...others.map(rowOf)])];
}

function rowOf<T>(item: PickItem<T>): Row<T> {
  const { label, description } = item;
  const detail = item.unavailable ?? item.detail;
  return {
    label,
    of: item,
    ...(description === undefined ? {} : { description }),
    ...(detail === undefined ? {} : { detail }),
  };
}
