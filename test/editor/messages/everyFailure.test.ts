import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

const root = join(__dirname, '../../..');
const table = join(root, 'src/core/base/failureTable.ts');
const messages = join(root, 'src/editor/messages/messages.ts');
const firstRow = / {2}wrongPassword: .*\n/;

const { options } = ts.parseJsonConfigFileContent(
  ts.readConfigFile(join(root, 'tsconfig.json'), (file) => readFileSync(file, 'utf8')).config,
  ts.sys,
  root,
);
const parsed = new Map<string, ts.SourceFile | undefined>();

/** What the compiler says of the sentences when the table of failures has this text. */
function errorsWith(tableText: string): readonly string[] {
  const host = ts.createCompilerHost(options);
  const parse = host.getSourceFile.bind(host);
  host.getSourceFile = (file, ...others) => {
    if (file === table) return ts.createSourceFile(file, tableText, ts.ScriptTarget.ES2023);
    if (!parsed.has(file)) parsed.set(file, parse(file, ...others));
    return parsed.get(file);
  };
  const program = ts.createProgram([messages], { ...options, types: ['node'] }, host);
  return [table, messages]
    .flatMap((file) => program.getSemanticDiagnostics(program.getSourceFile(file)))
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'));
}

describe('a new failure', function () {
  this.timeout(30_000);
  const before = readFileSync(table, 'utf8');

  const first = firstRow.exec(before)?.[0] ?? assert.fail('the first row is there');

  it('does not compile until its sentence is written', () => {
    assert.deepEqual(errorsWith(before), []);
    const row = `  nobodyWroteMe: row('offline', 'server', 'none'),\n`;
    assert.match(errorsWith(before.replace(first, row + first)).join('\n'), /nobodyWroteMe/);
  });

  it('does not compile without a row with its group, what it blocks and what helps', () => {
    for (const columns of ["('nothing', 'none')", "('entry', 'none')", "('entry', 'nothing')"]) {
      assert.notDeepEqual(errorsWith(before.replace(first, first.replace(/\(.*\)/, columns))), [], columns);
    }
  });
});
