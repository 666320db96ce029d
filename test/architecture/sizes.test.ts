import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../../scripts/process/folders';

const MOST_LINES_OF_A_FILE = 220;
const MOST_LINES_OF_A_FOLDER = 1300;

const folders = ['src', ...foldersBelow('src')].map((folder) => ({
  folder,
  files: readdirSync(join(ROOT, folder))
    .filter((name) => name.endsWith('.ts'))
    .map((name) => ({ file: `${folder}/${name}`, lines: linesOf(`${folder}/${name}`) })),
}));

describe('src', () => {
  it(`has no file of more than ${MOST_LINES_OF_A_FILE} lines`, () => {
    const files = folders.flatMap((folder) => folder.files);
    assert.deepEqual(
      files.filter(({ lines }) => lines > MOST_LINES_OF_A_FILE),
      [],
    );
  });

  it(`has no folder whose files have more than ${MOST_LINES_OF_A_FOLDER} lines together`, () => {
    const sums = folders.map(({ folder, files }) => ({
      folder,
      lines: files.reduce((sum, { lines }) => sum + lines, 0),
    }));
    assert.deepEqual(
      sums.filter(({ lines }) => lines > MOST_LINES_OF_A_FOLDER),
      [],
    );
  });

  it('has no folder or file whose name does not say what is in it', () => {
    const names = folders.flatMap(({ folder, files }) => [folder, ...files.map(({ file }) => file)]);
    assert.deepEqual(
      names.filter((name) =>
        /\b(utils?|common|helpers?|managers?|misc|shared|index)\b|(Util|Helper|Manager)s?\b/.test(name),
      ),
      [],
    );
  });
});

function foldersBelow(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .flatMap(({ name }) => [`${folder}/${name}`, ...foldersBelow(`${folder}/${name}`)]);
}

function linesOf(file: string): number {
  return readFileSync(join(ROOT, file), 'utf8').trimEnd().split('\n').length;
}
