import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { removeFolder, temporaryFolder } from '../../scripts/process/folders';
import type { Window } from './driver';
import { readTerminalTabs } from './terminalTabs';
import type { TerminalTab } from './terminalTabs';
import { until } from './until';

/** Settings for windows whose terminals a test reads. */
export const TERMINAL_SETTINGS = {
  'terminal.integrated.defaultProfile.linux': 'bash',
  'terminal.integrated.profiles.linux': {
    bash: { path: '/bin/bash' },
    sh: { path: '/bin/sh' },
  },
  'terminal.integrated.commandsToSkipShell': ['notifications.clearAll'], // a test presses its keys
  'terminal.integrated.tabs.hideCondition': 'never', // a tab shows whether the terminal has to be relaunched
};

/** What a command line has done. */
export interface Outcome {
  readonly stdout: string;
  readonly stderr: string;
  readonly exit: number;
}

/**
 * The integrated terminal of a window, with a POSIX shell in it. Its user types; what a command prints goes to files, because
 * a terminal wraps and redraws its lines.
 */
export class Terminal {
  private readonly folder = temporaryFolder('terminal');
  private commands = 0;

  private constructor(private readonly window: Window) {}

  /** Opens a terminal as a user does, and waits until its shell reads what is typed. */
  static async open(window: Window): Promise<Terminal> {
    const before = (await readTerminalTabs(window.page)).length;
    await window.runCommand('Terminal: Create New Terminal');
    await until('one more terminal', async () => (await readTerminalTabs(window.page)).length > before);
    const terminal = new Terminal(window);
    await terminal.run('true');
    return terminal;
  }

  /** Types a command line, and waits until the shell has done it. */
  async run(line: string): Promise<Outcome> {
    return await (
      await this.start(line)
    )();
  }

  /** Types a command line. The result waits until the shell has done it. */
  async start(line: string): Promise<() => Promise<Outcome>> {
    const base = join(this.folder, String(++this.commands));
    const [stdout, stderr, exit] = [`${base}.out`, `${base}.err`, `${base}.exit`];
    // the name of the last file appears only with its content
    const saved = `{ ${line}; } >${stdout} 2>${stderr}; echo $? >${exit}.new; mv ${exit}.new ${exit}`;
    await until(
      `the shell to read: ${line}`,
      async () => {
        await this.type(`:; [ -e ${stdout} ] || { ${saved}; }`);
        return await isThere(stdout, 5_000);
      },
      () => this.screen(),
    );
    return async () => {
      await until(
        `the end of: ${line}`,
        async () => existsSync(exit),
        () => this.screen(),
      );
      const [out = '', err = '', code = ''] = [stdout, stderr, exit].map((file) => readFileSync(file, 'utf8'));
      return { stdout: out, stderr: err, exit: Number(code) };
    };
  }

  /**
   * Types into the terminal that is in front, instead of what is typed there already, and presses Enter. Text is lost while
   * VS Code moves the focus, and after a reload until the terminal is connected again.
   */
  private async type(line: string): Promise<void> {
    const { page } = this.window;
    const input = page.locator('.terminal-wrapper.active .xterm-helper-textarea').first();
    let looks = 0;
    await until('the terminal to keep the focus', async () => {
      const isFocused = await input.evaluate((element) => document.hasFocus() && document.activeElement === element);
      looks = isFocused ? looks + 1 : 0;
      if (!isFocused) {
        await page.bringToFront();
        await input.focus();
      }
      await new Promise((resolve) => setTimeout(resolve, 50));
      return looks >= 4;
    });
    await page.keyboard.press('Control+U');
    await page.keyboard.insertText(line);
    await page.keyboard.press('Enter');
  }

  /** The text that the terminal in front shows. */
  async screen(): Promise<string> {
    return (await this.window.page.locator('.terminal-wrapper.active .xterm-rows').allInnerTexts()).join('\n');
  }

  /** The tabs of all terminals of the window. */
  tabs(): Promise<TerminalTab[]> {
    return readTerminalTabs(this.window.page);
  }

  dispose(): void {
    removeFolder(this.folder);
  }
}

/** Whether a file is there, or appears within that time (milliseconds). */
async function isThere(file: string, wait: number): Promise<boolean> {
  const end = Date.now() + wait;
  while (!existsSync(file) && Date.now() < end) await new Promise((resolve) => setTimeout(resolve, 20));
  return existsSync(file);
}
