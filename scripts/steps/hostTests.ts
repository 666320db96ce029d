import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import type { BrowserContext } from 'playwright-core';
import type { Result } from '../../test/host/results';
import { systemAuthorityEnvironment } from '../../test/host/systemAuthority';
import { startSystemPac } from '../../test/host/systemPac';
import { BROWSER_FLAGS, installBrowser } from '../hosts/browser';
import { tail } from '../process/command';
import type { Counts } from './counts';
import { foreignEnvironment } from '../process/environment';
import { removeFolder, temporaryFolder } from '../process/folders';
import { freePort } from '../process/freePort';
import { installHost } from '../hosts/hosts';
import { startServerHost } from '../hosts/serverHost';
import type { ServerHost } from '../hosts/serverHost';
import { EXTENSIONS, stageTests, TEST_MODULE } from '../packing/stage';
import { ExpectedError } from '../process/stop';
import { answerForSystemProxy } from '../hosts/systemProxy';

interface Options {
  readonly settings?: Record<string, unknown>;
  readonly env?: NodeJS.ProcessEnv;
  readonly grep?: string | undefined;
  /** Gets every result after the run. */
  readonly onResults?: (results: readonly Result[]) => void;
}

/** From opening the page to the first result of the tests. */
const START_LIMIT = 120_000;
/** Between two results: longer than any test may take. */
const SILENCE_LIMIT = 120_000;
/** Every second here is spent on two versions of VS Code. */
const SHOWN_SLOWEST = 40;

/** Runs test/host inside the extension host of VS Code's server, opened by a browser without a window. */
export async function runHostTests(version: string, options: Options = {}): Promise<Counts> {
  const host = await installHost(version);
  const browserPath = await installBrowser();
  await stageTests();
  const folder = temporaryFolder('host');
  const results = join(folder, 'results.ndjson');
  const workspace = join(folder, 'workspace');
  mkdirSync(workspace);

  const pac = await startSystemPac(await freePort());
  const server = await startServerHost(host, {
    folder,
    settings: { 'workbench.startupEditor': 'none', 'chat.disableAIFeatures': true, ...options.settings },
    env: {
      RELTIO_TEST_RESULTS: results,
      RELTIO_TEST_VSCODE: host.version,
      ...(options.grep === undefined ? {} : { RELTIO_TEST_GREP: options.grep }),
      ...systemAuthorityEnvironment(folder),
      ...pac.env,
      ...options.env,
    },
  });
  const pageLog: string[] = [];
  let browser: BrowserContext | undefined;
  try {
    browser = await chromium.launchPersistentContext(join(folder, 'profile'), {
      executablePath: browserPath,
      args: BROWSER_FLAGS,
      env: foreignEnvironment(join(folder, 'home')),
      viewport: { width: 1280, height: 800 },
      locale: 'en-US',
    });
    const page = browser.pages()[0] ?? (await browser.newPage());
    const exit = new Promise<number>((resolve) => {
      void page.exposeFunction('codeAutomationExit', resolve);
    });
    await page.exposeFunction('codeAutomationLog', (type: string, args: unknown[]) => {
      pageLog.push(`[${type}] ${withoutStack(args.map(String).join(' '))}`);
    });
    page.on('pageerror', (error) => pageLog.push(`[page] ${error.message}`));
    page.on('crash', () => pageLog.push('[page] crashed'));
    await answerForSystemProxy(page, pac.url);
    await page.goto(address(server, workspace), { waitUntil: 'commit' });
    await untilReported(results, exit);
    options.onResults?.(readResults(results));
    return report(readResults(results));
  } catch (error) {
    const shown = error instanceof Error ? error.message : String(error);
    console.error(
      `  ${shown}\n--- VS Code's server\n${tail(server.output())}\n--- the page\n${tail(pageLog.join('\n'))}`,
    );
    const { passed, failed } = report(readResults(results));
    return { passed, failed: failed + 1 };
  } finally {
    await browser?.close();
    await server.stop();
    await pac.close();
    removeFolder(folder);
  }
}

function address({ port, token }: ServerHost, workspace: string): string {
  const remote = (path: string): string => `vscode-remote://localhost:${port}${path}`;
  const payload = [
    ['extensionDevelopmentPath', remote(EXTENSIONS)],
    ['extensionTestsPath', remote(TEST_MODULE)],
    ['skipWelcome', 'true'],
  ];
  const query = new URLSearchParams({ folder: workspace, payload: JSON.stringify(payload), tkn: token });
  return `http://localhost:${port}/?${query}`;
}

/** Waits until the tests report that they are done. It is an error if VS Code exits or is silent before that. */
async function untilReported(file: string, exit: Promise<number>): Promise<void> {
  let exited: number | undefined;
  void exit.then((code) => (exited = code));
  let known = 0;
  let last = Date.now();
  for (;;) {
    const results = readResults(file);
    if (results.some((result) => result.type === 'end')) return;
    if (exited !== undefined) throw new ExpectedError(`VS Code exited with code ${exited} before the tests were done.`);
    if (results.length > known) {
      known = results.length;
      last = Date.now();
    }
    const limit = known === 0 ? START_LIMIT : SILENCE_LIMIT;
    if (Date.now() - last > limit) {
      throw new ExpectedError(
        `The tests ${known === 0 ? 'did not start' : 'stopped reporting'}: no result for ${limit / 1000} s.`,
      );
    }
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

export function readResults(file: string): Result[] {
  if (!existsSync(file)) return [];
  const lines = readFileSync(file, 'utf8').split('\n').slice(0, -1);
  return lines.map((line) => JSON.parse(line) as Result);
}

export function report(results: Result[]): Counts {
  let [passed, failed] = [0, 0];
  for (const result of results) {
    if (result.type === 'start') console.log(`  VS Code ${result.vscode}, Node ${result.node}, ${result.total} tests`);
    if (result.type === 'pass') passed++;
    if (result.type === 'fail') {
      failed++;
      console.error(`  failed: ${result.title}\n${result.message.replace(/^/gm, '    ')}`);
    }
  }
  const slowest = results
    .flatMap((result) => (result.type === 'pass' ? [result] : []))
    .sort((a, b) => b.duration - a.duration)
    .slice(0, SHOWN_SLOWEST);
  console.log(
    `  Slowest:${slowest.map(({ title, duration }) => `\n    ${(duration / 1000).toFixed(1)} s  ${title}`).join('')}`,
  );
  if (results.some((result) => result.type === 'end') && passed + failed === 0) {
    console.error('  No test ran.');
    failed++;
  }
  return { passed, failed };
}

function withoutStack(text: string): string {
  return text.replace(/\n\s+at .*/g, '');
}
