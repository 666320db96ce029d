import './fakeVscode';
import { EventEmitter } from 'node:events';
import Module from 'node:module';
import * as vscode from 'vscode';

/** What boxes and lists have in common. */
class FakeQuickInput {
  title = '';
  placeholder = '';
  value = '';
  busy = false;
  enabled = true;
  ignoreFocusOut = false;
  step: number | undefined;
  totalSteps: number | undefined;
  buttons: readonly { readonly tooltip?: string }[] = [];
  isShown = false;
  protected readonly events = new EventEmitter();

  readonly onDidAccept = this.event('accept');
  readonly onDidTriggerButton = this.event('button');
  readonly onDidHide = this.event('hide');

  show(): void {
    this.isShown = true;
  }

  hide(): void {
    if (this.isShown) {
      this.isShown = false;
      this.events.emit('hide');
    }
  }

  dispose(): void {
    this.hide();
  }

  protected event(name: string) {
    return (listener: (value: string) => void) => {
      this.events.on(name, listener);
      return { dispose: () => this.events.off(name, listener) };
    };
  }
}

/** An input box as the extension sees it, and what a user does with it. */
export class FakeBox extends FakeQuickInput {
  prompt = '';
  password = false;
  validationMessage: { readonly message: string } | undefined;
  readonly onDidChangeValue = this.event('value');

  /** Types or pastes, without Enter. */
  type(text: string): void {
    this.value = text;
    this.events.emit('value', text);
  }

  enter(): void {
    this.events.emit('accept');
  }
}

/** A list of `createQuickPick`. */
export class FakePick extends FakeQuickInput {
  items: readonly vscode.QuickPickItem[] = [];
  /** Undefined until set: VS Code selects the first item, and none if this is set to none. */
  activeItems: readonly vscode.QuickPickItem[] | undefined;
  selectedItems: readonly vscode.QuickPickItem[] = [];

  choose(label: string): void {
    this.selectedItems = this.items.filter((item) => item.label === label);
    this.events.emit('accept');
  }
}

/** The boxes that were opened, the last one at the end. */
export const boxes: FakeBox[] = [];
export const picks: FakePick[] = [];

/** The items that `showQuickPick` showed, and the label that is chosen next; all labels, where several can be picked. */
export const lists: {
  readonly title: string | undefined;
  readonly labels: readonly string[];
  readonly placeHolder: string | undefined;
}[] = [];
export const choices: string[] = [];

Object.assign(vscode.window, {
  createInputBox: () => {
    const box = new FakeBox();
    boxes.push(box);
    return box;
  },
  createQuickPick: () => {
    const pick = new FakePick();
    picks.push(pick);
    return pick;
  },
  showQuickPick: (items: readonly { readonly label: string }[], options: vscode.QuickPickOptions) => {
    const { title, placeHolder } = options;
    lists.push({ title, labels: items.map(({ label }) => label), placeHolder });
    const wanted = options.canPickMany === true ? choices.splice(0) : choices.splice(0, 1);
    const picked = items.filter(({ label }) => wanted.includes(label));
    const isLeft = wanted.length === 0;
    return Promise.resolve(options.canPickMany === true ? (isLeft ? undefined : picked) : picked[0]);
  },
  withProgress: <T>(_options: unknown, work: () => Promise<T>) => work(),
});

class ThemeIcon {
  constructor(readonly id: string) {}
}

const shapes = {
  InputBoxValidationSeverity: { Error: 3 },
  ProgressLocation: { Window: 10 },
  QuickPickItemKind: { Separator: -1 },
  QuickInputButtons: { Back: { tooltip: 'Back' } },
  ThemeIcon,
};

const internals = Module as unknown as { _load: (request: string, ...rest: unknown[]) => unknown };
const load = internals._load.bind(Module);
internals._load = (request, ...rest) => {
  const loaded = load(request, ...rest);
  return request === 'vscode' ? { ...(loaded as object), ...shapes } : loaded;
};
