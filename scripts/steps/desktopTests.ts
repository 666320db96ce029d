import { runTests } from '@vscode/test-electron';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { systemAuthorityEnvironment } from '../../test/host/systemAuthority';
import { startSystemPac } from '../../test/host/systemPac';
import type { Counts } from './counts';
import { downloadedDesktop, hasDisplay, installedDesktop } from '../hosts/desktop';
import type { Desktop } from '../hosts/desktop';
import { isLeak } from '../process/environment';
import { freePort } from '../process/freePort';
import { removeFolder, temporaryFolder } from '../process/folders';
import { readResults, report } from './hostTests';
import { EXTENSIONS, stageTests, TEST_MODULE } from '../packing/stage';
import { ExpectedError } from '../process/stop';

/** The same tests as in hostTests.ts, in a desktop VS Code of exactly that version. */
export async function runDesktopTests(version: string, { grep }: { grep?: string | undefined } = {}): Promise<Counts> {
  if (!hasDisplay()) {
    throw new ExpectedError('Desktop VS Code needs a display: set DISPLAY, or run `xvfb-run npm run test:desktop`.');
  }
  const desktop = await desktopOf(version);
  await stageTests();
  const folder = temporaryFolder('desktop');
  const [userData, extensions, workspace] = [
    join(folder, 'user'),
    join(folder, 'extensions'),
    join(folder, 'workspace'),
  ];
  const results = join(folder, 'results.ndjson');
  const pac = await startSystemPac(await freePort());
  mkdirSync(join(userData, 'User'), { recursive: true });
  mkdirSync(workspace);
  writeFileSync(join(userData, 'User/settings.json'), JSON.stringify({ 'workbench.startupEditor': 'none' }));
  try {
    await runTests({
      vscodeExecutablePath: desktop.executable,
      extensionDevelopmentPath: EXTENSIONS,
      extensionTestsPath: TEST_MODULE,
      extensionTestsEnv: {
        ...leaksRemoved(),
        RELTIO_TEST_RESULTS: results,
        RELTIO_TEST_VSCODE: version,
        RELTIO_TEST_GREP: grep,
        ...systemAuthorityEnvironment(folder),
        ...pac.env,
      },
      launchArgs: [
        ...[workspace, '--user-data-dir', userData, '--extensions-dir', extensions],
        ...['--disable-workspace-trust', '--disable-updates', '--skip-welcome', '--password-store=basic'],
        `--proxy-pac-url=${pac.url}`,
      ],
    });
  } catch (error) {
    const counts = report(readResults(results));
    if (counts.failed > 0) return counts;
    throw error;
  } finally {
    await pac.close();
    removeFolder(folder);
  }
  return report(readResults(results));
}

async function desktopOf(version: string): Promise<Desktop> {
  const installed = installedDesktop();
  if (installed?.version === version) return installed;
  try {
    return await downloadedDesktop(version);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const there = installed === undefined ? 'none is installed' : `the installed one is ${installed.version}`;
    throw new ExpectedError(`Desktop VS Code ${version} is missing: ${there}, and the download failed (${reason}).`);
  }
}

/** `runTests` passes on our whole environment. A variable that is undefined here is left out. */
function leaksRemoved(): Record<string, undefined> {
  return Object.fromEntries(
    Object.keys(process.env)
      .filter(isLeak)
      .map((name) => [name, undefined]),
  );
}
