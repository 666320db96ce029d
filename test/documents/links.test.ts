import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { ROOT } from '../../scripts/process/folders';

interface Link {
  readonly page: string;
  readonly text: string;
  /** Below the root of the repository. */
  readonly file: string;
  readonly anchor: string | undefined;
}

const read = (file: string): string => readFileSync(join(ROOT, file), 'utf8');
const pages = [
  ...readdirSync(ROOT).filter((name) => name.endsWith('.md') && name !== 'THIRD-PARTY-NOTICES.md'),
  ...readdirSync(join(ROOT, 'docs')).flatMap((name) => (name.endsWith('.md') ? [`docs/${name}`] : [])),
];
const links = pages.flatMap(linksOf);

describe('the links of the documentation', () => {
  it('lead to files and folders that are there', () => {
    assert.ok(links.length > 50, `${links.length} links`);
    assert.deepEqual(
      links.filter(({ file }) => !existsSync(join(ROOT, file))),
      [],
    );
  });

  it('lead to headings that are there', () => {
    const broken = links.filter(({ file, anchor }) => anchor !== undefined && !headingsOf(file).includes(anchor));
    assert.deepEqual(broken, []);
  });

  it('with the name of something in the code lead to the file that declares it', () => {
    const named = links.filter(({ file, text }) => file.endsWith('.ts') && /^`[\w.]+(\(\))?`$/.test(text));
    assert.ok(named.length > 10, `${named.length} names`);
    assert.deepEqual(
      named.filter(({ file, text }) => !text.includes('.ts') && !declares(read(file), text)),
      [],
    );
  });
});

describe('the documentation', () => {
  it('names files and folders of the repository that are there', () => {
    const named = pages.flatMap((page) =>
      (read(page).match(/(?<![\w./-])(src|test|scripts|docs|examples)\/[\w.*/-]*[\w*]/g) ?? []).map((path) => ({
        page,
        path,
      })),
    );
    const endings = ['', '.ts', '.test.ts'];
    assert.ok(named.length > 30, `${named.length} paths`);
    assert.deepEqual(
      named.filter(
        ({ path }) => !path.includes('*') && !endings.some((ending) => existsSync(join(ROOT, path + ending))),
      ),
      [],
    );
  });

  it('names scripts that package.json has', () => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
    const named = pages.flatMap((page) =>
      [...read(page).matchAll(/\bnpm run ([\w:]+)/g)].map(([, script = '']) => ({ page, script })),
    );
    assert.deepEqual(
      named.filter(({ script }) => !(script in scripts)),
      [],
    );
  });
});

describe('comments', () => {
  const sources = ['src', 'test', 'scripts', 'examples'].flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts'))
      .map((name) => `${folder}/${name.replaceAll('\\', '/')}`),
  );

  it('cite facts about Reltio that docs/reltio.md has', () => {
    const facts = new Set(
      read('docs/reltio.md')
        .match(/^\| R\d+ /gm)
        ?.map((row) => row.slice(2).trim()),
    );
    const cited = sources.flatMap((file) =>
      (commentsOf(file).match(/docs\/reltio\.md[^\n]*/g) ?? []).flatMap((text) =>
        (text.match(/\bR\d+\b/g) ?? []).map((fact) => ({ file, fact })),
      ),
    );
    assert.ok(cited.length > 0);
    assert.deepEqual(
      cited.filter(({ fact }) => !facts.has(fact)),
      [],
    );
  });

  it('cite nothing that is not in the repository', () => {
    const elsewhere = /\bDESIGN\b|\bfacts \d|\bseed pages?\b|\bseeds\//;
    assert.deepEqual(
      sources.filter((file) => elsewhere.test(commentsOf(file))),
      [],
    );
  });

  it('cite pages that are in the repository', () => {
    const cited = sources.flatMap((file) =>
      (commentsOf(file).match(/\bdocs\/[\w.-]+\.(md|json)\b/g) ?? []).map((page) => ({ file, page })),
    );
    assert.deepEqual(
      cited.filter(({ page }) => !existsSync(join(ROOT, page))),
      [],
    );
  });
});

function linksOf(page: string): Link[] {
  const text = read(page);
  const inline = [...text.matchAll(/\[([^\]]*)\]\(([^)\s]+)\)/g)];
  const referenced = [...text.matchAll(/^\[([^\]]+)\]: (\S+)$/gm)];
  return [...inline, ...referenced].flatMap(([, label = '', target = '']) => {
    if (/^[a-z]+:/.test(target)) return [];
    const [path = '', anchor] = target.split('#');
    const file = path === '' ? page : relative(ROOT, join(ROOT, dirname(page), path)).replaceAll('\\', '/');
    return [{ page, text: label, file, anchor }];
  });
}

function commentsOf(file: string): string {
  return (read(file).match(/^\s*(\/\*\*?|\*|\/\/) .*$|(?<=;) \/\/ .*$/gm) ?? []).join('\n');
}

/** As GitHub names them: lower case, blanks as hyphens, no other punctuation. */
function headingsOf(file: string): string[] {
  return (read(file).match(/^#+ .*$/gm) ?? []).map((line) =>
    line
      .replace(/^#+ /, '')
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .replace(/\s/g, '-'),
  );
}

/** `name`, `name()` or `Type.member`. */
function declares(code: string, label: string): boolean {
  const names = label.replace(/[`()]/g, '').split('.');
  return names.every((name) =>
    new RegExp(
      `\\b(function\\*?|class|interface|type|enum|const|let)\\s+${name}\\b|` +
        `^\\s*((async|static|readonly|private|public|get|set|override)\\s+)*${name}\\??\\s*[(:<=]`,
      'm',
    ).test(code),
  );
}
