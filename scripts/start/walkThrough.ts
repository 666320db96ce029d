import { join } from 'node:path';
import { closeWindows, Window } from '../../test/window/driver';
import { signInAsJane } from '../../test/window/signInByPassword';
import { Terminal, TERMINAL_SETTINGS } from '../../test/window/terminal';
import { fits, until } from '../../test/window/until';
import { emptyFolder, OUT } from '../process/folders';
import { progress, seconds } from '../process/progress';
import { startReltio } from './reltio';
import type { Reltio } from './reltio';

const PICTURES = join(OUT, 'check');

/** Uses every main feature once in a real window, as a user would, and prints what it saw. Returns an exit code. */
export async function walkThrough(): Promise<number> {
  emptyFolder(PICTURES);
  const started = Date.now();
  const reltio = await progress('Starting a Reltio identity server', startReltio);
  const window = await progress('Opening VS Code', () =>
    Window.open({ settings: { ...reltio.settings, ...TERMINAL_SETTINGS } }),
  );
  let done = 0;
  try {
    for (const step of stepsOf(window, reltio)) {
      done++;
      const seen = await step.run().catch(async (error: unknown) => {
        console.error(`${done}. ${step.title}: FAILED`);
        const files = await window.failure(`walkThrough ${step.title}`);
        throw new Error(`${error instanceof Error ? error.message : String(error)}\nSee ${files.join(', ')}`);
      });
      await window.screenshot(join(PICTURES, `${done}-${step.title.replace(/\W+/g, '-').toLowerCase()}.png`));
      console.log(`${done}. ${step.title}: ${seen}`);
    }
    console.log(`\nAll ${done} steps passed, ${seconds(started)}. Pictures: ${PICTURES}`);
    return 0;
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    return 1;
  } finally {
    await closeWindows();
  }
}

interface Step {
  readonly title: string;
  /** Returns what was seen. */
  run(): Promise<string>;
}

function stepsOf(window: Window, { server }: Reltio): Step[] {
  const works = async (token: string): Promise<number> => {
    const answer = await fetch(`${server.url}/reltio/enhancedTenants`, {
      headers: { authorization: `Bearer ${token}` },
    });
    return answer.status;
  };
  const copy = async (): Promise<{ message: string; token: string }> => {
    await window.clearClipboard();
    const message = await window.notificationAfter(
      () => window.runCommand('Reltio: Copy Access Token'),
      /^Token copied/,
    );
    return { message, token: await window.clipboard() };
  };
  let first = '';

  return [
    {
      title: 'Sign in from the palette',
      run: () => signInAsJane(window, server),
    },
    {
      title: 'Status bar',
      run: async () => (await window.untilStatusBar(/^Reltio ~?\d+ (min|h)/)).text,
    },
    {
      title: 'Copy the token',
      run: async () => {
        const { message, token } = await copy();
        first = token;
        return `"${message}"; with this token, the data API answers ${expected(200, await works(token))}`;
      },
    },
    {
      title: 'Refresh from the status bar',
      run: async () => {
        const message = await window.notificationAfter(async () => {
          await window.clickStatusBar();
          await window.untilQuickInput({ focused: /^Refresh token/ });
          await window.press('Enter');
        }, /^New token until/);
        const { token } = await copy();
        if (token === first) throw new Error('The token has not changed.');
        return `"${message}"; with this token, the data API answers ${expected(200, await works(token))}`;
      },
    },
    {
      title: 'Another extension asks for a session',
      run: async () => {
        const message = await window.notificationAfter(async () => {
          await window.runCommand('Consumer: Ask for a Session');
          await window.answerDialog('Allow');
          await window.pick(/^jane@acme\.com/);
        }, /^Consumer: /);
        if (!fits(message, /status 200 as /)) throw new Error(message);
        return `"${message}"`;
      },
    },
    {
      title: 'A token in the terminal',
      run: async () => {
        const terminal = await Terminal.open(window);
        try {
          const printed = await terminal.start('reltio-token');
          const { message } = await window.answerDialog('Until the Window Closes');
          const { stdout, stderr } = await printed();
          if (stderr !== '') throw new Error(stderr);
          return `"${message}"; with this token, the data API answers ${expected(200, await works(stdout.trim()))}`;
        } finally {
          terminal.dispose();
        }
      },
    },
    {
      title: 'Sign out',
      run: async () => {
        const { token } = await copy();
        const message = await window.notificationAfter(async () => {
          await window.runCommand('Reltio: Sign Out');
          await window.answerDialog('Revoke at Reltio Too');
        }, /^Signed out here and at Reltio/);
        const item = await window.untilStatusBar(/Sign in/);
        const status = await until('the token to be rejected', async () =>
          (await works(token)) === 401 ? 401 : undefined,
        );
        return `"${message}"; the status bar says "${item.text}"; the data API answers ${status}`;
      },
    },
  ];
}

function expected(wanted: number, got: number): number {
  if (got !== wanted) throw new Error(`The data API answered ${got}, not ${wanted}.`);
  return got;
}
