import { EventEmitter as NodeEmitter } from 'node:events';
import Module from 'node:module';

/** The part of VS Code that plain Node tests need. Behaviour of VS Code itself is tested in a real one. */
class EventEmitter<T> {
  private readonly emitter = new NodeEmitter().setMaxListeners(0);

  readonly event = (listener: (value: T) => void): { dispose(): void } => {
    this.emitter.on('fire', listener);
    return { dispose: () => this.emitter.off('fire', listener) };
  };

  fire(value: T): void {
    this.emitter.emit('fire', value);
  }

  dispose(): void {
    this.emitter.removeAllListeners();
  }
}

class Disposable {
  constructor(readonly dispose: () => void) {}

  static from(...all: readonly { dispose(): unknown }[]): Disposable {
    return new Disposable(() => {
      all.forEach((one) => one.dispose());
    });
  }
}

class CancellationError extends Error {
  override readonly name = 'Canceled';
}

/** The user's settings by their full names, as in `settings.json`. */
export const personalSettings = new Map<string, unknown>();

/** What `inspect` returns for a setting by its full name, where more is set than the user's own value. */
export const inspectedSettings = new Map<string, object>();

/** Makes every read of the settings fail, or every write. */
export const settingsTrouble: { error?: Error; write?: Error } = {};
const settingsChanged = new EventEmitter<{ affectsConfiguration(name: string): boolean }>();
const ConfigurationTarget = { Global: 1, Workspace: 2 };

/** The files and folders of the only workspace folder, `/home/jane/app`, by their whole paths. Their parents exist too. */
export const workspaceFiles = new Map<string, 'file' | 'folder'>();
const FileType = { File: 1, Directory: 2 };

class Uri {
  constructor(
    readonly path: string,
    readonly scheme = 'file',
    readonly authority = '',
  ) {}

  static joinPath({ path }: Uri, ...parts: readonly string[]): Uri {
    return new Uri([path, ...parts].join('/'));
  }

  static from({ scheme, authority, path }: { scheme: string; authority?: string; path: string }): Uri {
    return new Uri(path, scheme, authority);
  }

  /** Keeps the path as it is, as VS Code's `toString(true)` does. */
  toString(): string {
    return `${this.scheme}://${this.authority}${this.path}`;
  }
}

function readDirectory({ path }: Uri): Promise<[name: string, type: number][]> {
  const names = new Map<string, number>();
  for (const [file, type] of workspaceFiles) {
    const [name, ...deeper] = file.startsWith(`${path}/`) ? file.slice(path.length + 1).split('/') : [];
    if (name !== undefined) {
      names.set(name, type === 'folder' || deeper.length > 0 ? FileType.Directory : FileType.File);
    }
  }
  return names.size === 0 ? Promise.reject(new Error('FileNotFound')) : Promise.resolve([...names]);
}

/** Whether the user trusts the workspace. */
export const workspaceTrust = { isTrusted: true };
const trustGranted = new EventEmitter<undefined>();
export function grantTrust(): void {
  workspaceTrust.isTrusted = true;
  trustGranted.fire(undefined);
}

const workspace = {
  get isTrusted() {
    return workspaceTrust.isTrusted;
  },
  onDidGrantWorkspaceTrust: trustGranted.event,
  workspaceFolders: [{ uri: new Uri('/home/jane/app'), name: 'app' }],
  fs: { readDirectory },
  onDidChangeConfiguration: settingsChanged.event,
  getConfiguration: (section?: string) => ({
    inspect: (name: string) => {
      if (settingsTrouble.error !== undefined) {
        throw settingsTrouble.error;
      }
      const fullName = section === undefined ? name : `${section}.${name}`;
      return inspectedSettings.get(fullName) ?? { globalValue: personalSettings.get(fullName) };
    },
    update: (name: string, value: unknown, target: number) => {
      if (settingsTrouble.write !== undefined || target !== ConfigurationTarget.Global) {
        return Promise.reject(settingsTrouble.write ?? new Error('not the settings of the user'));
      }
      const fullName = section === undefined ? name : `${section}.${name}`;
      personalSettings.set(fullName, value);
      settingsChanged.fire({ affectsConfiguration: (changed) => fullName.startsWith(changed) });
      return Promise.resolve();
    },
  }),
};

/** The messages that were shown, and how: the text, then the buttons. */
export const shownMessages: { readonly how: 'information' | 'warning' | 'error'; readonly texts: readonly string[] }[] =
  [];

/** The modals that were shown, with their buttons in the order given: Enter presses the first. */
export const modals: { readonly message: string; readonly detail: string; readonly buttons: readonly string[] }[] = [];

/**
 * The titles of the buttons that the user presses in the next modals and messages, at once or later. Without one they
 * press Escape, or nothing.
 */
export const presses: (string | Promise<string>)[] = [];

interface Modal {
  readonly modal: true;
  readonly detail?: string;
}

const ask = async (message: string, { detail = '' }: Modal, items: readonly { readonly title: string }[]) => {
  modals.push({ message, detail, buttons: items.map(({ title }) => title) });
  const title = await presses.shift();
  const pressed = items.find((item) => item.title === title);
  if (title !== undefined && pressed === undefined) {
    throw new Error(`"${title}" is not a button of "${message}"`);
  }
  return pressed;
};

const showMessage =
  (how: (typeof shownMessages)[number]['how']) =>
  (message: string, ...rest: readonly unknown[]): Promise<unknown> => {
    const [options, ...items] = rest;
    if (typeof options === 'object' && options !== null && 'modal' in options) {
      return ask(message, options as Modal, items as { title: string }[]);
    }
    shownMessages.push({ how, texts: [message, ...(rest as string[])] });
    return Promise.resolve(rest.includes(presses[0]) ? presses.shift() : undefined); // otherwise the user presses nothing
  };
/** Whether the window has focus, and how to notify listeners of a change. */
export const windowState = { focused: true, active: true };
const windowStateChanged = new EventEmitter<typeof windowState>();
export function lookAway(focused: boolean, active: boolean): void {
  windowStateChanged.fire(Object.assign(windowState, { focused, active }));
}

/** What is on the clipboard, and whether VS Code can write to it. */
export const clipboard = { content: '', isBusy: false };

/** The machine that the window is for, unless it is this one. */
export const remote: { name?: string } = {};

const env = {
  get remoteName() {
    return remote.name;
  },
  uiKind: 1,
  shell: '/bin/bash',
  clipboard: {
    readText: () => Promise.resolve(clipboard.content),
    writeText: (text: string) => {
      if (clipboard.isBusy) {
        return Promise.reject(new Error('busy'));
      }
      clipboard.content = text;
      return Promise.resolve();
    },
  },
};

const terminalOpened = new EventEmitter<undefined>();
export function openTerminal(): void {
  terminalOpened.fire(undefined);
}

const window = {
  onDidOpenTerminal: terminalOpened.event,
  state: windowState,
  onDidChangeWindowState: windowStateChanged.event,
  showInformationMessage: showMessage('information'),
  showWarningMessage: showMessage('warning'),
  showErrorMessage: showMessage('error'),
};

type Handler = (...argument: readonly unknown[]) => unknown;

/** The commands that are registered. */
export const commandHandlers = new Map<string, Handler>();

const commands = {
  registerCommand: (id: string, handler: Handler) => {
    commandHandlers.set(id, handler);
    return { dispose: () => commandHandlers.delete(id) };
  },
  executeCommand: async (id: string, ...argument: readonly unknown[]) => await commandHandlers.get(id)?.(...argument),
  getCommands: () => Promise.resolve([...commandHandlers.keys()]),
};

class McpHttpServerDefinition {
  constructor(
    readonly label: string,
    readonly uri: Uri,
    readonly headers: Readonly<Record<string, string>> = {},
    readonly version?: string,
  ) {}
}

/** What is registered for MCP servers, and whether this VS Code can have any. */
export const mcpProviders = { isSupported: true, registered: new Map<string, unknown>() };

const registerMcpServerDefinitionProvider = (id: string, provider: unknown) => {
  mcpProviders.registered.set(id, provider);
  return { dispose: () => mcpProviders.registered.delete(id) };
};
const lm = {
  get registerMcpServerDefinitionProvider() {
    return mcpProviders.isSupported ? registerMcpServerDefinitionProvider : undefined;
  },
};

interface InstalledExtension {
  readonly isActive: boolean;
  readonly packageJSON?: unknown;
  activate(): Promise<unknown>;
}

/** The installed extensions by their ids. */
export const installedExtensions = new Map<string, InstalledExtension>();
const extensionsChanged = new EventEmitter<undefined>();
export function extensionsHaveChanged(): void {
  extensionsChanged.fire(undefined);
}
const extensions = {
  get all() {
    return [...installedExtensions.values()];
  },
  getExtension: (id: string) => installedExtensions.get(id),
  onDidChange: extensionsChanged.event,
};

const internals = Module as unknown as { _load: (request: string, ...rest: unknown[]) => unknown };
const load = internals._load.bind(Module);
const UIKind = { Desktop: 1, Web: 2 };
const api = {
  ConfigurationTarget,
  FileType,
  Uri,
  EventEmitter,
  Disposable,
  CancellationError,
  McpHttpServerDefinition,
  UIKind,
  env,
  workspace,
  window,
  commands,
  extensions,
  lm,
};
internals._load = (request, ...rest) => (request === 'vscode' ? api : load(request, ...rest));
