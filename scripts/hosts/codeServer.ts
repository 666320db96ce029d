import type { BrowserContext } from 'playwright-core';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { background, untilAnswers } from '../process/background';
import type { Background } from '../process/background';
import { command } from '../process/command';
import { foreignEnvironment } from '../process/environment';
import { freePort } from '../process/freePort';
import type { Host } from './hosts';
import { ExpectedError } from '../process/stop';
import { newPassword, requirePassword } from './password';

export interface CodeServer extends Background {
  readonly url: string;
  /** The login page asks for it. */
  readonly password: string;
}

export interface CodeServerFolders {
  readonly userData: string;
  readonly extensions: string;
  /** Replaces the user's own folders. */
  readonly home: string;
}

interface Options {
  /** Holds everything that it reads and writes. */
  readonly folder: string;
  /** The .vsix files to install first. */
  readonly vsix?: string[];
  readonly settings?: Record<string, unknown>;
}

const WORKSPACE_TRUST = 'security.workspace.trust.enabled';

/** Settings that keep everything else out of the window. */
const CLEAR_WINDOW = {
  'workbench.startupEditor': 'none',
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.tips.enabled': false,
  'chat.disableAIFeatures': true,
  [WORKSPACE_TRUST]: false,
  'extensions.ignoreRecommendations': true,
  'update.mode': 'none',
  'telemetry.telemetryLevel': 'off',
  'remote.autoForwardPorts': false, // else it reports each port that a test opens
};

export function codeServerFolders(folder: string): CodeServerFolders {
  return { userData: join(folder, 'user-data'), extensions: join(folder, 'extensions'), home: join(folder, 'home') };
}

/** A complete VS Code in the browser. It keeps secrets encrypted in the browser's localStorage. */
export async function startCodeServer(host: Host, { folder, vsix = [], settings }: Options): Promise<CodeServer> {
  const folders = codeServerFolders(folder);
  const environment = foreignEnvironment(folders.home, { LANG: 'en_US.UTF-8' });
  mkdirSync(dirname(settingsFile(folders)), { recursive: true });
  changeSettings(folders, { ...CLEAR_WINDOW, ...settings });

  if (vsix.length > 0) await installExtensions(host, folders, vsix);
  const port = await freePort();
  const password = newPassword();
  const server = background(
    host.node,
    [
      ...[...codeServerArguments(host, folders), '--auth', 'password', '--bind-addr', `127.0.0.1:${port}`],
      ...[
        '--disable-telemetry',
        '--disable-update-check',
        '--disable-getting-started-override',
        ...(settings?.[WORKSPACE_TRUST] === true ? [] : ['--disable-workspace-trust']), // it wins over the setting
      ],
    ],
    // not in the arguments, which every user of the machine can see
    { env: { ...environment, PASSWORD: undefined, HASHED_PASSWORD: quicklyChecked(password) }, cwd: folder },
  );
  const [name, url] = [`code-server for VS Code ${host.version}`, `http://127.0.0.1:${port}`];
  await untilAnswers(name, server, `${url}/healthz`);
  await requirePassword(name, `${url}/`);
  return { ...server, url, password };
}

/**
 * The hash in code-server's older form. It checks the password at every request, and with Argon2, as it does otherwise, that took
 * more time than VS Code's server itself. A random password needs no slow hash.
 */
function quicklyChecked(password: string): string {
  return createHash('sha256').update(password).digest('hex');
}

/** Installs packages into these folders; the result can be copied to the extensions folder of another server. */
export async function installExtensions(host: Host, folders: CodeServerFolders, vsix: string[]): Promise<void> {
  const install = vsix.flatMap((file) => ['--install-extension', file]);
  const env = foreignEnvironment(folders.home, { LANG: 'en_US.UTF-8' });
  await command(host.node, [...codeServerArguments(host, folders), ...install], { env });
}

function codeServerArguments({ codeServer }: Host, { userData, extensions }: CodeServerFolders): string[] {
  return [join(codeServer, 'out/node/entry.js'), '--user-data-dir', userData, '--extensions-dir', extensions];
}

/** Does what a user does on the login page. A cookie keeps the browser logged in. */
export async function logIn(browser: BrowserContext, { url, password }: CodeServer): Promise<void> {
  const answer = await browser.request.post(`${url}/login`, { form: { password }, maxRedirects: 0 });
  if (answer.status() !== 302) throw new ExpectedError(`code-server rejects its password (HTTP ${answer.status()}).`);
}

/** Adds to the existing settings.json. */
export function changeSettings(folders: CodeServerFolders, settings: Record<string, unknown>): void {
  const file = settingsFile(folders);
  const present = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>) : {};
  writeFileSync(file, JSON.stringify({ ...present, ...settings }, null, 2));
}

function settingsFile({ userData }: CodeServerFolders): string {
  return join(userData, 'User/settings.json');
}
