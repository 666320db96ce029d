import './fakeQuickInput';
import Module from 'node:module';
import * as vscode from 'vscode';

/** The item in the status bar, as VS Code shows it. */
export interface ShownItem {
  readonly text: string;
  readonly tooltip: { readonly value: string; readonly isTrusted: unknown };
  readonly backgroundColor: { readonly id: string } | undefined;
  readonly accessibilityInformation: { readonly label: string };
  readonly command: { readonly command: string; readonly arguments: readonly unknown[] };
  readonly isShown: boolean;
}

/** The items that were created, the last one at the end. */
export const items: ShownItem[] = [];

Object.assign(vscode.window, {
  createStatusBarItem: () => {
    const item = {
      isShown: false,
      show: () => (item.isShown = true),
      dispose: () => (item.isShown = false),
    };
    items.push(item as unknown as ShownItem);
    return item;
  },
});

class ThemeColor {
  constructor(readonly id: string) {}
}

class MarkdownString {
  isTrusted: unknown = false;
  constructor(readonly value: string) {}
}

const shapes = {
  MarkdownString,
  QuickPickItemKind: { Separator: -1 },
  StatusBarAlignment: { Right: 2 },
  ThemeColor,
};

const internals = Module as unknown as { _load: (request: string, ...rest: unknown[]) => unknown };
const load = internals._load.bind(Module);
internals._load = (request, ...rest) => {
  const loaded = load(request, ...rest);
  return request === 'vscode' ? { ...(loaded as object), ...shapes } : loaded;
};
