import assert from 'node:assert/strict';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { chromium } from 'playwright-core';
import type { BrowserContext, Locator, Page, Route } from 'playwright-core';
import { BROWSER_FLAGS, installBrowser } from '../../scripts/hosts/browser';
import {
  changeSettings,
  codeServerFolders,
  installExtensions,
  logIn,
  startCodeServer,
} from '../../scripts/hosts/codeServer';
import type { CodeServer, CodeServerFolders } from '../../scripts/hosts/codeServer';
import { foreignEnvironment } from '../../scripts/process/environment';
import { OUT, removeFolder, temporaryFolder } from '../../scripts/process/folders';
import { CURRENT_VERSION, installHost } from '../../scripts/hosts/hosts';
import type { Host } from '../../scripts/hosts/hosts';
import { isPacked } from '../../scripts/packing/packed';
import { consumerVsix, packConsumer, packExample, packProduct, productVsix } from '../../scripts/packing/vsix';
import { openAccountsMenu, readMenu } from './accounts';
import { placeBesideBrowser } from './besideBrowser';
import { dumpBrowserStore } from './browserStore';
import { readDialog } from './dialog';
import type { Dialog } from './dialog';
import {
  readNotifications,
  readSeenNotifications,
  readSpoken,
  rememberNotifications,
  untilNextIsShown,
} from './notifications';
import type { Notification } from './notifications';
import { placePseudoTexts, PSEUDO } from './pseudo';
import { pick, readQuickInput, typeInBox, untilQuickInput } from './quickInput';
import type { QuickInput, WantedQuickInput } from './quickInput';
import { filesBelow } from './secretScan';
import { findItem, readStatusBar } from './statusBar';
import type { StatusBarItem } from './statusBar';
import { fits, DEFAULT_TIMEOUT, until } from './until';
import type { Text } from './until';

const SESSION_ITEM = 'reltioAuth.session';

/** Faster than the command palette, and it changes neither the quick input nor the focus. */
const CLEAR_NOTIFICATIONS = { key: 'Control+Alt+F11', command: 'notifications.clearAll' };

export interface WindowOptions {
  /** `1.103` or `1.139`. The default is RELTIO_WINDOW_VERSION, or else the newest. */
  readonly version?: string;
  readonly settings?: Record<string, unknown>;
  /** Whether to install the extension that asks ours for sessions, or instead the example; the default is true. */
  readonly consumer?: boolean | 'example';
  /**
   * Whether the extension knows that its browser is on the same machine, as it is here. It takes every VS Code that is
   * served to a browser for one on another machine, so this changes that one answer in the installed copy.
   */
  readonly besideBrowser?: boolean;
  /**
   * VS Code's display language. Its own texts stay English: only the extension has some in it. The default is English.
   * `PSEUDO` is made for tests.
   */
  readonly language?: string;
  /** Files of the workspace by their paths in it, there before the window opens. */
  readonly files?: Readonly<Record<string, string>>;
}

/** Runs in the page before VS Code, which takes its language from there when a language pack has set it. */
function speak(language: string): void {
  Object.assign(globalThis, { _VSCODE_NLS_LANGUAGE: language });
}

const open = new Set<Window>();

/** The windows that are open now, of which a failed test takes pictures. */
export function openWindows(): ReadonlySet<Window> {
  return open;
}

/** For `after`: closes every window, including one that failed to open completely. */
export async function closeWindows(): Promise<void> {
  for (const window of [...open]) await window.close();
}

/** A real VS Code in a browser, with the packed extension installed, and the actions of its user. */
export class Window {
  /** How many notifications had been seen when the current test started. */
  private seenBefore = 0;

  private constructor(
    readonly page: Page,
    readonly version: string,
    private readonly root: string,
    private readonly folders: CodeServerFolders,
    private readonly server: CodeServer,
    private readonly context: BrowserContext,
  ) {}

  static async open(options: WindowOptions = {}): Promise<Window> {
    const host = await installHost(options.version ?? process.env['RELTIO_WINDOW_VERSION'] ?? CURRENT_VERSION);
    const executablePath = await installBrowser();
    const extensions = await installedExtensions(host, options.consumer ?? true);
    const root = temporaryFolder('window');
    const folders = codeServerFolders(root);
    const workspace = join(root, 'workspace');
    mkdirSync(workspace);
    const { settings = {}, files = {} } = options;
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(workspace, path)), { recursive: true });
      writeFileSync(join(workspace, path), text);
    }
    cpSync(extensions, folders.extensions, { recursive: true });
    if (options.besideBrowser === true) placeBesideBrowser(folders);
    if (options.language === PSEUDO) placePseudoTexts(folders);
    const launched = chromium.launchPersistentContext(join(root, 'profile'), {
      executablePath,
      args: BROWSER_FLAGS,
      env: foreignEnvironment(folders.home),
      viewport: { width: 1280, height: 800 },
      deviceScaleFactor: 1,
      locale: 'en-US',
      permissions: ['clipboard-read', 'clipboard-write'],
    });
    bindKeys(folders);
    const [server, context] = await Promise.all([
      startCodeServer(host, { folder: root, settings: { 'workbench.reduceMotion': 'on', ...settings } }),
      launched,
    ]);
    context.setDefaultTimeout(DEFAULT_TIMEOUT);
    // tsx wraps functions in a helper that the page does not have
    await context.addInitScript({ content: 'globalThis.__name = (value) => value;' });
    await context.addInitScript(rememberNotifications);
    if (options.language !== undefined) await context.addInitScript(speak, options.language);
    await context.route(/^http:\/\/127\.0\.0\.1:\d+\/proxy\/\d+\//, leaveProxy);
    const page = context.pages()[0] ?? (await context.newPage());
    const window = new Window(page, host.version, root, folders, server, context);
    open.add(window);
    try {
      await logIn(context, server);
      await page.goto(`${server.url}/?folder=${encodeURIComponent(workspace)}`, { waitUntil: 'commit' });
      await window.untilReady();
    } catch (error) {
      await window.failure('opening').then((files) => console.error(`  see ${files.join(', ')}`), console.error);
      console.error(server.output());
      await window.close();
      throw error;
    }
    return window;
  }

  async close(): Promise<void> {
    open.delete(this);
    await this.shutDown();
    removeFolder(this.root);
  }

  /** Stops the browser and the server but keeps their folders, so that a test can search what was written. */
  async shutDown(): Promise<void> {
    await this.context.close();
    await this.server.stop();
  }

  // ---- the command palette and quick inputs

  /** Presses F1, types the command's title as the palette shows it (`Reltio: Sign In`), and presses Enter. */
  async runCommand(title: string): Promise<void> {
    await this.closeQuickInput();
    await untilNextIsShown(this.page);
    await this.page.bringToFront();
    await this.page.keyboard.press('F1');
    await until(
      'the command palette',
      async () => (await this.quickInput())?.value.startsWith('>'),
      () => this.quickInput(),
    );
    await this.page.locator('.quick-input-widget:visible .quick-input-box input').fill(`>${title}`);
    // the list settles in several steps, and Enter chooses what it shows at that moment
    let shown = '';
    const entry = await until(
      `the command "${title}" in the palette`,
      async () => {
        const items = (await this.quickInput())?.items ?? [];
        const before = shown;
        shown = JSON.stringify(items);
        return before === shown && items.find((item) => item.label === title);
      },
      async () => (await this.quickInput())?.items.map((item) => item.label),
    );
    if (entry.focused) await this.page.keyboard.press('Enter');
    else await this.pick(title);
    await until(
      'the command palette to close',
      async () => !((await this.quickInput())?.value.startsWith('>') ?? false),
    );
  }

  /** What the quick input shows now; undefined if there is none. */
  quickInput(): Promise<QuickInput | undefined> {
    return readQuickInput(this.page);
  }

  /** Waits until a quick input shows all of this, and returns what it shows. */
  untilQuickInput(wanted: WantedQuickInput = {}): Promise<QuickInput> {
    return untilQuickInput(this.page, wanted);
  }

  async untilNoQuickInput(): Promise<void> {
    await until(
      'no quick input',
      async () => (await this.quickInput()) === undefined,
      () => this.quickInput(),
    );
  }

  /** Replaces the text of the open quick input, and presses Enter unless `submit` is false. */
  typeInBox(text: string, { submit = true }: { submit?: boolean } = {}): Promise<void> {
    return typeInBox(this.page, text, submit);
  }

  /** Waits for an item with this label and clicks it. */
  pick(label: Text): Promise<void> {
    return pick(this.page, label);
  }

  /** Clicks a button of the quick input by its name: `Back`, or one that the extension added. */
  async clickQuickInputButton(name: string): Promise<void> {
    await this.page.locator(`.quick-input-widget:visible .action-label[aria-label^="${name}"]`).first().click();
  }

  press(key: string): Promise<void> {
    return this.page.keyboard.press(key);
  }

  /** Does something that opens a web page beside VS Code, and returns that page. */
  async openedPage(action: () => Promise<void>): Promise<Page> {
    // together, so that a failed action leaves no promise behind that rejects during a later test
    const [opened] = await Promise.all([this.context.waitForEvent('page'), action()]);
    return opened;
  }

  /** Closes the web pages beside VS Code. */
  async closeOtherPages(): Promise<void> {
    for (const page of this.context.pages()) if (page !== this.page) await page.close();
  }

  /** Presses Escape until no quick input is shown. */
  async closeQuickInput(): Promise<void> {
    await until('no quick input', async () => {
      if ((await this.quickInput()) === undefined) return true;
      await this.page.keyboard.press('Escape');
      return false;
    });
  }

  // ---- the status bar

  statusBarItems(): Promise<StatusBarItem[]> {
    return readStatusBar(this.page);
  }

  /** An item by the end of its id or by its text; the default is the extension's own. */
  async statusBar(wanted: Text = SESSION_ITEM): Promise<StatusBarItem | undefined> {
    return findItem(await this.statusBarItems(), wanted);
  }

  /** Waits until an item shows this text. */
  untilStatusBar(text: Text, wanted: Text = SESSION_ITEM): Promise<StatusBarItem> {
    return until(
      `"${String(text)}" in the status bar`,
      async () => {
        const item = await this.statusBar(wanted);
        return item !== undefined && fits(item.text, text) ? item : undefined;
      },
      async () => (await this.statusBarItems()).map((item) => `${item.id}: ${item.text}`),
    );
  }

  async clickStatusBar(wanted: Text = SESSION_ITEM): Promise<void> {
    const item = await until('the status bar item', () => this.statusBar(wanted));
    await this.page.locator(`[id="${item.id}"] .statusbar-item-label`).click();
  }

  /** The text of the tooltip. */
  async statusBarTooltip(wanted: Text = SESSION_ITEM): Promise<string> {
    const item = await until('the status bar item', () => this.statusBar(wanted));
    await this.page.mouse.move(0, 0); // a mouse that is there already, after a click, shows no tooltip
    await this.page.locator(`[id="${item.id}"] .statusbar-item-label`).hover();
    return await until('the tooltip', async () => {
      const shown = await this.page.locator('.monaco-hover:visible, .workbench-hover:visible').allInnerTexts();
      return shown.at(-1)?.trim() || undefined;
    });
  }

  // ---- notifications and dialogs

  /** The notifications that are visible now, newest first. */
  notifications(): Promise<Notification[]> {
    return readNotifications(this.page);
  }

  /** All notifications since the page was loaded, oldest first, including those that have faded. */
  seenNotifications(): Promise<string[]> {
    return readSeenNotifications(this.page);
  }

  /** Called when a test starts: it must neither take a message of an earlier one for its own, nor miss its own for one. */
  async startTest(): Promise<void> {
    await this.clearNotifications();
    this.seenBefore = (await this.seenNotifications()).length;
  }

  /** Waits for this notification, of the current test, even if it has faded, and returns its text. */
  untilNotification(message: Text): Promise<string> {
    return this.notificationSince(this.seenBefore, message);
  }

  /**
   * Acts, waits for this notification, and returns its text. Earlier ones are cleared first, because VS Code shows only
   * three at a time.
   */
  async notificationAfter(act: () => Promise<unknown>, message: Text): Promise<string> {
    await this.clearNotifications();
    await untilNextIsShown(this.page);
    const since = (await this.seenNotifications()).length;
    const spokenBefore = await readSpoken(this.page);
    await act();
    return await this.notificationSince(since, message, spokenBefore);
  }

  /** @param spokenBefore if given, a notification that VS Code only read aloud counts too: now and then it shows none */
  private notificationSince(since: number, message: Text, spokenBefore?: string): Promise<string> {
    return until(
      `the notification ${String(message)}`,
      async () => {
        const seen = (await this.seenNotifications()).slice(since).find((text) => fits(text, message));
        if (seen !== undefined || spokenBefore === undefined) return seen;
        const spoken = await readSpoken(this.page);
        return spoken !== spokenBefore && fits(spoken, message) ? spoken : undefined;
      },
      () => this.seenNotifications(),
    );
  }

  /** Clicks a button of the newest notification that has it, even if it has faded. */
  async clickNotificationButton(name: string): Promise<void> {
    const button = this.page
      .locator('.notifications-toasts .monaco-button, .notifications-center.visible .monaco-button')
      .filter({ hasText: name })
      .filter({ visible: true })
      .first();
    if ((await button.count()) === 0) await this.runCommand('Notifications: Show Notifications');
    await button.click();
  }

  async clearNotifications(): Promise<void> {
    await until(
      'no notification',
      async () => {
        await this.press(CLEAR_NOTIFICATIONS.key);
        return (await this.notifications()).length === 0;
      },
      () => this.notifications(),
    );
  }

  dialog(): Promise<Dialog | undefined> {
    return readDialog(this.page);
  }

  /** Waits for a dialog with this text in its message or in its details. */
  untilDialog(text: Text = /./): Promise<Dialog> {
    return until(
      `the dialog ${String(text)}`,
      async () => {
        const dialog = await this.dialog();
        return dialog !== undefined && [dialog.message, dialog.detail].some((one) => fits(one, text))
          ? dialog
          : undefined;
      },
      () => this.dialog(),
    );
  }

  async untilNoDialog(): Promise<void> {
    await until(
      'no dialog',
      async () => (await this.dialog()) === undefined,
      () => this.dialog(),
    );
  }

  /** Waits for a dialog with this button, clicks it and waits until the dialog is closed. Returns the dialog. */
  async answerDialog(button: string): Promise<Dialog> {
    const dialog = await until(
      `a dialog with the button ${button}`,
      async () => {
        const shown = await this.dialog();
        return shown?.buttons.includes(button) === true ? shown : undefined;
      },
      () => this.dialog(),
    );
    const box = await this.page.locator('.monaco-dialog-box').elementHandle();
    await this.page.locator('.monaco-dialog-box .dialog-buttons').getByText(button, { exact: true }).click();
    // this box, because the next one may say the same
    await until('the dialog to close', async () => (await box?.evaluate((one) => one.isConnected)) !== true);
    return dialog;
  }

  // ---- the Accounts menu

  /** Opens the menu and returns its entries. */
  async accountsMenu(): Promise<string[]> {
    await openAccountsMenu(this.page);
    return until('entries in the Accounts menu', async () => {
      const entries = await readMenu(this.page);
      return entries.length > 0 ? entries : undefined;
    });
  }

  /** Chooses an entry of a submenu: `chooseInAccountsMenu('jane@acme.com (auth.reltio.com) (Reltio)', 'Sign Out')`. */
  async chooseInAccountsMenu(...path: Text[]): Promise<void> {
    await this.accountsMenu();
    for (const [index, entry] of path.entries()) {
      await (await this.menuItem(entry)).hover();
      if (index === path.length - 1) await this.clickMenuItem(entry);
    }
  }

  /** A menu ignores clicks in its first moments (VS Code, `menu.ts`), so this clicks until the menu closes. */
  private async clickMenuItem(entry: Text): Promise<void> {
    await (await this.menuItem(entry)).click();
    await until('the menu to close', async () => {
      const index = (await readMenu(this.page)).findIndex((text) => fits(text, entry));
      if (index < 0) return true;
      await this.menuItemAt(index)
        .click({ timeout: 1_000 })
        .catch(() => undefined); // the menu may have closed since it was read
      return false;
    });
  }

  private async menuItem(entry: Text): Promise<Locator> {
    const index = await until(
      `"${String(entry)}" in the menu`,
      async () => {
        const found = (await readMenu(this.page)).findIndex((text) => fits(text, entry));
        return found < 0 ? undefined : { found };
      },
      () => readMenu(this.page),
    );
    return this.menuItemAt(index.found);
  }

  private menuItemAt(index: number): Locator {
    return this.page.locator('.monaco-menu .action-item:not(.disabled) .action-label:not(.separator)').nth(index);
  }

  // ---- the window as a whole

  /** Reloads the page, as Developer: Reload Window does, and waits until the extension runs again. */
  async reload(): Promise<void> {
    await this.page.reload({ waitUntil: 'commit' });
    this.seenBefore = 0;
    await this.untilReady();
  }

  /** The same through VS Code's own command, which stores first what the window shows: open terminals, for example. */
  /** Opens something else in this window: `ew=true` for nothing, `folder=…` or `workspace=…`, as its address says. */
  async openInstead(query: Readonly<Record<string, string>>): Promise<void> {
    const url = `${this.server.url}/?${new URLSearchParams(query).toString()}`;
    await this.page.goto(url, { waitUntil: 'commit' });
    this.seenBefore = 0;
    await this.untilReady();
  }

  /** The full path of a file of the workspace. */
  pathOf(file: string): string {
    return join(this.root, 'workspace', file);
  }

  async reloadByCommand(): Promise<void> {
    await this.page.evaluate(() => Object.assign(globalThis, { isOldPage: true }));
    // the page may be gone before the palette is seen to close
    await this.runCommand('Developer: Reload Window').catch(() => undefined);
    await until('the new page', () => this.page.evaluate(() => !('isOldPage' in globalThis)).catch(() => false));
    this.seenBefore = 0;
    await this.untilReady();
  }

  /** The folder that is open in the window. */
  get workspace(): string {
    return join(this.root, 'workspace');
  }

  /** Removes the extension's storage folder, as an uninstall does; the secrets and the global state stay. */
  removeStorageFolder(): void {
    const parent = join(this.folders.userData, 'User', 'globalStorage');
    const [folder, ...others] = readdirSync(parent).filter((name) => name.endsWith('.reltio-auth'));
    assert.ok(folder !== undefined && others.length === 0, `one storage folder in ${parent}`);
    removeFolder(join(parent, folder));
  }

  /** The user switches to another application. Otherwise, Playwright gives the focus to every page. */
  async loseFocus(): Promise<void> {
    await this.setFocus(false);
  }

  async regainFocus(): Promise<void> {
    await this.setFocus(true);
  }

  private setFocus(hasFocus: boolean): Promise<void> {
    return this.page.evaluate((has) => {
      document.hasFocus = () => has;
      window.dispatchEvent(new Event(has ? 'focus' : 'blur'));
    }, hasFocus);
  }

  private async untilReady(): Promise<void> {
    await until(
      'VS Code with the extension in its status bar',
      () => this.statusBar(),
      async () => (await this.statusBarItems()).map((item) => `${item.id}: ${item.text}`),
      90_000,
    );
  }

  clipboard(): Promise<string> {
    return this.page.evaluate(() => navigator.clipboard.readText());
  }

  async clearClipboard(): Promise<void> {
    await this.page.evaluate(() => navigator.clipboard.writeText(''));
  }

  /** Changes settings.json and reloads the page, because this VS Code does not notice when the file changes on disk. */
  async setSettings(settings: Record<string, unknown>): Promise<void> {
    changeSettings(this.folders, settings);
    await this.reload();
  }

  /** Changes settings of the user in the open window, which must have the other extension. */
  async applySettings(settings: Record<string, unknown>): Promise<void> {
    await this.page.evaluate((text) => navigator.clipboard.writeText(text), JSON.stringify(settings));
    await this.notificationAfter(
      () => this.runCommand('Consumer: Apply Settings from Clipboard'),
      /^Consumer: applied /,
    );
    await this.clearClipboard();
  }

  /** Uses the names of VS Code's list: `Light Modern`, `Dark Modern`, `Dark High Contrast`, `Light High Contrast`. */
  async setTheme(name: string): Promise<void> {
    await this.runCommand('Preferences: Color Theme');
    await this.untilQuickInput({ item: /\w/ });
    await this.typeInBox(name, { submit: false });
    await this.untilQuickInput({ focused: name });
    await this.press('Enter');
    await this.untilNoQuickInput();
    const kind = /high contrast/i.test(name)
      ? /light/i.test(name)
        ? 'hc-light'
        : 'hc-black'
      : /light/i.test(name)
        ? 'vs'
        : 'vs-dark';
    await until(
      `the theme ${name}`,
      () => this.page.evaluate((wanted) => document.querySelector(`.monaco-workbench.${wanted}`) !== null, kind),
      () => this.page.evaluate(() => document.querySelector('.monaco-workbench')?.className),
    );
  }

  async screenshot(path: string): Promise<string> {
    mkdirSync(dirname(path), { recursive: true });
    await this.page.screenshot({ path, animations: 'disabled', caret: 'initial' });
    return path;
  }

  /** All visible text of the page. */
  text(): Promise<string> {
    return this.page.evaluate(() => document.body.innerText);
  }

  /** Saves a picture and the page's text to out/failures/ and returns where. */
  async failure(title: string): Promise<string[]> {
    const base = join(OUT, 'failures', `${this.version} ${title}`.replace(/[^\w.-]+/g, '-').slice(0, 120));
    mkdirSync(dirname(base), { recursive: true });
    const logs = Object.entries(this.logs()).filter(([name]) => name.includes('Reltio'));
    const parts = [await this.text(), ...logs.map(([name, text]) => `--- ${name}\n${text}`), this.server.output()];
    writeFileSync(`${base}.txt`, parts.join('\n\n'));
    return [await this.screenshot(`${base}.png`), `${base}.txt`];
  }

  // ---- logs and files

  /** Waits until the log of the extension has this: VS Code writes it to the file a moment later. */
  async untilLogged(pattern: RegExp): Promise<void> {
    const log = (): string => this.logText('Reltio Authentication');
    await until(
      String(pattern),
      async () => pattern.test(log()),
      async () => log().slice(-2_000),
    );
  }

  /** The text of a log channel by its name, for example `Reltio Authentication`; empty if there is none yet. */
  logText(channel: string): string {
    return Object.entries(this.logs())
      .filter(([name]) => name === channel)
      .map(([, text]) => text)
      .join('');
  }

  /** Every log file of all windows and extension hosts since the start: name of the channel → text. */
  logs(): Record<string, string> {
    const folder = join(this.folders.userData, 'logs');
    const found: Record<string, string> = {};
    for (const file of existsSync(folder) ? filesBelow(folder) : []) {
      const name = basename(file).replace(/\.log$/, '');
      found[name] = (found[name] ?? '') + readFileSync(file, 'utf8');
    }
    return found;
  }

  /** What the server has printed so far. */
  serverOutput(): string {
    return this.server.output();
  }

  /** Where files may have been written: user data, extensions, the home folder of the test, the browser's profile. */
  writtenFolders(): string[] {
    return [this.root];
  }

  /** localStorage, sessionStorage, cookies and IndexedDB as one text. */
  browserStore(): Promise<string> {
    return dumpBrowserStore(this.page);
  }
}

/**
 * code-server opens a page of its own machine through its proxy. This browser is on that machine, so it goes there itself.
 * The one for VS Code 1.103 drops path and query of such an address, so tests that open pages need a newer one.
 */
async function leaveProxy(route: Route): Promise<void> {
  const [, port = '', rest = ''] = /\/proxy\/(\d+)(\/.*)$/.exec(route.request().url()) ?? [];
  await route.fulfill({ status: 302, headers: { location: `http://127.0.0.1:${port}${rest}` } });
}

/** VS Code writes `ctrl+alt+f11` for Playwright's `Control+Alt+F11`. */
function bindKeys({ userData }: CodeServerFolders): void {
  const file = join(userData, 'User/keybindings.json');
  mkdirSync(dirname(file), { recursive: true });
  const { key, command } = CLEAR_NOTIFICATIONS;
  writeFileSync(file, JSON.stringify([{ key: key.toLowerCase().replace('control', 'ctrl'), command }]));
}

const installations = new Map<string, Promise<string>>();

/** The packed extensions, installed as a user does: once, because each window gets a copy of that folder. */
function installedExtensions(host: Host, other: boolean | 'example'): Promise<string> {
  const key = `${host.version} ${String(other)}`;
  const install = async (): Promise<string> => {
    const folders = codeServerFolders(temporaryFolder('installed'));
    const more = other === 'example' ? [await packExample()] : other ? [await consumerToInstall()] : [];
    await installExtensions(host, folders, [await productToInstall(), ...more]);
    return folders.extensions;
  };
  const installed = installations.get(key) ?? install();
  installations.set(key, installed);
  return installed;
}

let product: Promise<string> | undefined;
let consumer: Promise<string> | undefined;

/** The package that `npm test` has just made. A test that runs alone makes it itself. */
function productToInstall(): Promise<string> {
  product ??= isPacked() ? Promise.resolve(productVsix()) : packProduct().then(({ file }) => file);
  return product;
}

function consumerToInstall(): Promise<string> {
  consumer ??= isPacked() ? Promise.resolve(consumerVsix()) : packConsumer();
  return consumer;
}
