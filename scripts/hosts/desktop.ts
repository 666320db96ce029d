import { downloadAndUnzipVSCode } from '@vscode/test-electron';
import { execFileSync } from 'node:child_process';
import { existsSync, realpathSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { childEnvironment } from '../process/environment';
import { CACHE } from '../process/folders';
import { progress } from '../process/progress';

export interface Desktop {
  /** The program itself, not the script on the PATH. */
  readonly executable: string;
  readonly version: string;
}

/** Whether this machine can show a window. */
export function hasDisplay(): boolean {
  if (process.platform !== 'linux') return true;
  return ['DISPLAY', 'WAYLAND_DISPLAY'].some((name) => (process.env[name] ?? '') !== '');
}

/** The VS Code that `code` on the PATH starts. */
export function installedDesktop(): Desktop | undefined {
  const names = process.platform === 'win32' ? ['code.cmd'] : ['code'];
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  const cli = folders.flatMap((folder) => names.map((name) => join(folder, name))).find(existsSync);
  if (cli === undefined) return undefined;
  const bin = dirname(realpathSync(cli));
  const executable = [
    join(bin, '../code'),
    join(bin, '../Code.exe'),
    join(bin, '../../../MacOS/Electron'),
    join(bin, '../../../MacOS/Code'),
  ].find(existsSync);
  const version = versionOf(cli);
  return executable === undefined || version === undefined ? undefined : { executable, version };
}

function versionOf(cli: string): string | undefined {
  try {
    const shell = process.platform === 'win32';
    const output = execFileSync(cli, ['--version'], {
      encoding: 'utf8',
      env: childEnvironment(),
      shell,
      timeout: 20_000,
    });
    return output.split('\n')[0]?.trim();
  } catch {
    return undefined;
  }
}

/** Downloads it into the cache on first use. Rejects if Microsoft's servers cannot be reached. */
export async function downloadedDesktop(version: string): Promise<Desktop> {
  const executable = await progress(`Fetching desktop VS Code ${version} (about 150 MB the first time)`, () =>
    downloadAndUnzipVSCode({ version, cachePath: join(CACHE, 'desktop') }),
  );
  return { executable, version };
}
