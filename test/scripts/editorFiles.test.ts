import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { watch } from '../../scripts/packing/bundle';
import { tryCommand } from '../../scripts/process/command';
import { removeFolder, ROOT, temporaryFolder } from '../../scripts/process/folders';

interface Task {
  readonly label: string;
  readonly type: 'npm' | 'shell';
  readonly script?: string;
  readonly args?: readonly string[];
  readonly problemMatcher: unknown;
}

interface Matcher {
  readonly pattern: { readonly regexp: string };
  readonly background: { readonly beginsPattern: string; readonly endsPattern: string };
}

interface Launch {
  readonly name: string;
  readonly program?: string;
  readonly runtimeArgs?: readonly string[];
  readonly args: readonly string[];
  readonly outFiles?: readonly string[];
  readonly preLaunchTask?: string;
}

const read = <T>(file: string): T => JSON.parse(readFileSync(join(ROOT, file), 'utf8')) as T;
const { tasks } = read<{ tasks: Task[] }>('.vscode/tasks.json');
const { configurations } = read<{ configurations: Launch[] }>('.vscode/launch.json');
const { scripts, main } = read<{ scripts: Record<string, string>; main: string }>('package.json');
const here = (path: string) => path.replace('${workspaceFolder}', ROOT);

describe('.vscode', () => {
  it('runs scripts that package.json has', () => {
    const named = tasks.filter(({ type }) => type === 'npm').map(({ script = '' }) => script);
    assert.ok(named.includes('watch'));
    assert.deepEqual(
      named.filter((script) => !(script in scripts)),
      [],
    );
  });

  it('runs programs that are installed', () => {
    const programs = configurations.flatMap(({ program }) => (program === undefined ? [] : [here(program)]));
    const compilers = tasks.flatMap(({ type, args }) => (type === 'shell' ? [join(ROOT, args?.[0] ?? '')] : []));
    assert.deepEqual([programs.length, compilers.length], [1, 1]);
    for (const file of [...programs, ...compilers]) assert.ok(existsSync(file), file);
  });

  it('runs one test file as mocha does, in the process that is debugged', async () => {
    const {
      program = '',
      runtimeArgs = [],
      args,
    } = configurations.find(({ name }) => /test/i.test(name)) ?? { args: [] };
    const file = 'test/scripts/packing/zipContent.test.ts';
    const command = [...runtimeArgs, here(program), ...args.map((arg) => arg.replace('${relativeFile}', file))];
    const { code, output } = await tryCommand(process.execPath, command, { cwd: ROOT });
    assert.equal(code, 0, output);
    assert.match(output, /[1-9]\d* passing/);
  });

  it('starts VS Code with what the watching build writes', () => {
    const run = configurations.find(({ name }) => name === 'Run Extension');
    assert.ok(tasks.some(({ label }) => label === run?.preLaunchTask));
    assert.deepEqual(run?.args, ['--extensionDevelopmentPath=${workspaceFolder}']);
    assert.deepEqual(run.outFiles, ['${workspaceFolder}/dist/**/*.js']);
    assert.match(main, /^\.\/dist\/\w+\.js$/);
  });
});

describe('the watching build', () => {
  let folder: string;
  let stop: () => void;
  const lines: string[] = [];
  const matcher = tasks.find(({ label }) => label === 'watch')?.problemMatcher as Matcher;
  const entry = () => join(folder, 'src/extension.ts');
  const lineAfter = async (from: number, pattern: string): Promise<string> => {
    for (;;) {
      const found = lines.slice(from).find((line) => new RegExp(pattern).test(line));
      if (found !== undefined) return found;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  };

  before(() => {
    folder = temporaryFolder('watch');
    mkdirSync(join(folder, 'src'));
    writeFileSync(entry(), 'export const first = 1;');
    stop = watch({ entry: entry(), outdir: join(folder, 'dist'), print: (line) => lines.push(line) });
  });
  after(() => {
    stop();
    removeFolder(folder);
  });

  it('builds, and says so as tasks.json expects', async () => {
    await lineAfter(0, matcher.background.beginsPattern);
    assert.match(await lineAfter(0, matcher.background.endsPattern), /^Built/);
    assert.match(readFileSync(join(folder, 'dist/extension.js'), 'utf8'), /first/);
  });

  it('builds again after a change', async () => {
    const before = lines.length;
    writeFileSync(entry(), 'export const second = 2;');
    assert.match(await lineAfter(before, matcher.background.endsPattern), /^Built/);
    assert.match(readFileSync(join(folder, 'dist/extension.js'), 'utf8'), /second/);
  });

  it('shows a mistake as tasks.json expects, and goes on', async () => {
    let before = lines.length;
    writeFileSync(entry(), `export const third = 3;\nimport './missing';`);
    assert.match(await lineAfter(before, matcher.background.endsPattern), /^Not built/);
    const mistake = new RegExp(matcher.pattern.regexp).exec(await lineAfter(before, matcher.pattern.regexp));
    assert.ok(mistake?.[1]?.endsWith('src/extension.ts'), mistake?.[0]);
    assert.deepEqual(mistake?.slice(2), ['2', '8', 'error', 'Could not resolve "./missing"']);

    before = lines.length;
    writeFileSync(entry(), 'export const fourth = 4;');
    assert.match(await lineAfter(before, matcher.background.endsPattern), /^Built/);
  });
});
