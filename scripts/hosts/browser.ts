import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, dirname, join } from 'node:path';
import { command } from '../process/command';
import { childEnvironment } from '../process/environment';
import { CACHE } from '../process/folders';
import { progress } from '../process/progress';
import { ExpectedError } from '../process/stop';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];
const ELSEWHERE = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  ...['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA']
    .map((name) => process.env[name])
    .filter((folder) => folder !== undefined)
    .map((folder) => join(folder, 'Google/Chrome/Application/chrome.exe')),
];
/** Playwright's installer puts the browser here and not in the user's own folder. */
const BROWSERS = join(CACHE, 'browsers');

/** Options for Chromium on a machine without GPU, display or network. */
export const BROWSER_FLAGS = [
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-dev-shm-usage',
];

/** The path of Chromium or Chrome. Installs one if there is none. */
export async function installBrowser(): Promise<string> {
  const named = process.env['CHROME_PATH'];
  if (named !== undefined && named !== '') {
    if (existsSync(named)) return named;
    throw new ExpectedError(`CHROME_PATH is ${named}, but there is no such file.`);
  }
  const found = installed() ?? fromPlaywright();
  if (found !== undefined) return found;
  return canUseApt() ? installFromDebian() : installFromPlaywright();
}

function installed(): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  const suffix = process.platform === 'win32' ? '.exe' : '';
  return [...folders.flatMap((folder) => NAMES.map((name) => join(folder, name + suffix))), ...ELSEWHERE].find(
    existsSync,
  );
}

function canUseApt(): boolean {
  return process.platform === 'linux' && process.getuid?.() === 0 && existsSync('/usr/bin/apt-get');
}

async function installFromDebian(): Promise<string> {
  const env = childEnvironment({ DEBIAN_FRONTEND: 'noninteractive' });
  const install = ['install', '-y', '--no-install-recommends', 'chromium', 'fonts-dejavu-core'];
  try {
    await progress('Installing Chromium (apt-get, about 350 MB)', async () => {
      await command('apt-get', ['update'], { env });
      await command('apt-get', install, { env });
    });
  } catch (error) {
    throw missing(`apt-get update && apt-get ${install.join(' ')}`, error);
  }
  const found = installed();
  if (found === undefined) throw missing(`apt-get ${install.join(' ')}`);
  return found;
}

async function installFromPlaywright(): Promise<string> {
  const cli = join(dirname(require.resolve('playwright-core/package.json')), 'cli.js');
  const env = childEnvironment({ PLAYWRIGHT_BROWSERS_PATH: BROWSERS });
  const instructions = existsSync('/usr/bin/apt-get')
    ? 'sudo apt-get install chromium'
    : 'install Google Chrome or Chromium';
  try {
    await progress("Installing Chromium (Playwright's installer, about 300 MB)", () =>
      command(process.execPath, [cli, 'install', 'chromium'], { env }),
    );
  } catch (error) {
    throw missing(instructions, error);
  }
  const found = fromPlaywright();
  if (found === undefined) throw missing(instructions);
  return found;
}

function fromPlaywright(): string | undefined {
  process.env['PLAYWRIGHT_BROWSERS_PATH'] ??= BROWSERS;
  const { chromium } = createRequire(__filename)('playwright-core') as typeof import('playwright-core');
  try {
    const path = chromium.executablePath();
    return existsSync(path) ? path : undefined;
  } catch {
    return undefined;
  }
}

function missing(instructions: string, cause?: unknown): ExpectedError {
  const reason = cause instanceof Error ? `\n${cause.message}` : '';
  return new ExpectedError(
    `No Chromium was found and none could be installed. Run this, or set CHROME_PATH to one:\n  ${instructions}${reason}`,
  );
}
