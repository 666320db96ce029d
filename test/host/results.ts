import { appendFileSync } from 'node:fs';
import type { ReporterConstructor, Runner, Test } from 'mocha';

/** One line of the results file. */
export type Result =
  | { readonly type: 'start'; readonly total: number; readonly vscode: string; readonly node: string }
  | { readonly type: 'pass'; readonly title: string; readonly duration: number }
  | { readonly type: 'fail'; readonly title: string; readonly message: string }
  | { readonly type: 'measured'; readonly name: string; readonly value: number }
  | { readonly type: 'end'; readonly passed: number; readonly failed: number };

/** A mocha reporter that appends a line of JSON to a file for each event. */
export function resultsReporter(file: string): ReporterConstructor {
  const write = (result: Result): void => {
    appendFileSync(file, `${JSON.stringify(result)}\n`);
  };
  return class {
    constructor(runner: Runner) {
      let passed = 0;
      let failed = 0;
      runner
        .once('start', () => {
          write({ type: 'start', total: runner.total, vscode: vscodeVersion(), node: process.version });
        })
        .on('pass', (test: Test) => {
          passed++;
          write({ type: 'pass', title: test.fullTitle(), duration: test.duration ?? 0 });
        })
        .on('fail', (test: Test, error: Error) => {
          failed++;
          write({ type: 'fail', title: test.fullTitle(), message: error.stack ?? String(error) });
        })
        .once('end', () => {
          write({ type: 'end', passed, failed });
        });
    }
  } as unknown as ReporterConstructor;
}

function vscodeVersion(): string {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- only the extension host has this module
  return (require('vscode') as typeof import('vscode')).version;
}
