import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { background } from '../process/background';
import { startCodeServer } from '../hosts/codeServer';
import { downloadedDesktop, hasDisplay, installedDesktop } from '../hosts/desktop';
import type { Desktop } from '../hosts/desktop';
import { childEnvironment } from '../process/environment';
import { temporaryFolder } from '../process/folders';
import { CURRENT_VERSION, installHost } from '../hosts/hosts';
import { progress } from '../process/progress';
import { EXTENSIONS, stageExtensions } from '../packing/stage';
import { packConsumer, packProduct } from '../packing/vsix';

export interface OpenWindow {
  /** A sentence about how to reach it. */
  readonly openedAs: string;
  readonly ended: Promise<void>;
}

interface Options {
  readonly settings: Record<string, unknown>;
  readonly inBrowser: boolean;
}

/** Opens a separate VS Code with temporary folders, both extensions and these settings. */
export async function openWindow({ settings, inBrowser }: Options): Promise<OpenWindow> {
  const desktop = inBrowser ? undefined : await findDesktop();
  const folder = temporaryFolder('start');
  const workspace = join(folder, 'workspace');
  mkdirSync(workspace);
  return desktop === undefined
    ? inTheBrowser(folder, workspace, settings)
    : onTheDesktop(desktop, folder, workspace, settings);
}

async function findDesktop(): Promise<Desktop | undefined> {
  if (!hasDisplay()) return undefined;
  const installed = installedDesktop();
  if (installed !== undefined) return installed;
  return downloadedDesktop(CURRENT_VERSION).catch((error: unknown) => {
    console.log(`  not available here: ${error instanceof Error ? error.message : String(error)}`);
    return undefined;
  });
}

async function onTheDesktop(
  { executable, version }: Desktop,
  folder: string,
  workspace: string,
  settings: Record<string, unknown>,
): Promise<OpenWindow> {
  await progress('Building', () => stageExtensions({ dev: true, tests: false }));
  const userData = join(folder, 'user-data');
  mkdirSync(join(userData, 'User'), { recursive: true });
  writeFileSync(
    join(userData, 'User/settings.json'),
    JSON.stringify(
      { 'workbench.startupEditor': 'none', 'security.workspace.trust.enabled': false, ...settings },
      null,
      2,
    ),
  );
  const { ended } = background(
    executable,
    [
      ...[workspace, '--new-window', `--extensionDevelopmentPath=${EXTENSIONS}`],
      ...['--user-data-dir', userData, '--extensions-dir', join(folder, 'extensions')],
      ...['--skip-welcome', '--disable-updates', '--disable-telemetry', '--password-store=basic'],
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    ],
    { env: childEnvironment() },
  );
  return { openedAs: `Desktop VS Code ${version} is open with a temporary profile.`, ended };
}

async function inTheBrowser(folder: string, workspace: string, settings: Record<string, unknown>): Promise<OpenWindow> {
  const host = await installHost(CURRENT_VERSION);
  const vsix = await progress('Building', async () => [(await packProduct()).file, await packConsumer()]);
  const server = await progress('Starting VS Code', () => startCodeServer(host, { folder, vsix, settings }));
  const address = `${server.url}/?folder=${encodeURIComponent(workspace)}`;
  return {
    openedAs: `Open VS Code ${host.version} in your browser: ${address}\nIts password: ${server.password}`,
    ended: server.ended,
  };
}
