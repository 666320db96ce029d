import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { contributes } from '../../package.json';
import { commandIds, contextKeys, unlistedCommands } from '../../src/editor/commandIds';
import { section, settingId, settingNames } from '../../src/editor/settings/settingTable';

const src = join(__dirname, '../../src');
const listed = Object.values(commandIds).filter((id) => !unlistedCommands.includes(id));

interface Place {
  readonly file: string;
  readonly text: string;
}

const files = readdirSync(src, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .map((file) => file.replaceAll('\\', '/'));

/** Every string and every text part of a template in src. */
const literals = files.flatMap((file): readonly Place[] => {
  const found: Place[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isStringLiteralLike(node) || ts.isTemplateHead(node) || ts.isTemplateMiddleOrTemplateTail(node)) {
      found.push({ file, text: node.text });
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(file, readFileSync(join(src, file), 'utf8'), ts.ScriptTarget.ES2023, true));
  return found;
});

describe('the ids of commands', () => {
  it('are those of package.json, without the ones that only other extensions run', () => {
    assert.deepEqual(contributes.commands.map(({ command }) => command).sort(), listed.toSorted());
    const inMenus = contributes.menus.commandPalette.map(({ command }) => command);
    assert.deepEqual(
      inMenus.filter((id) => !listed.some((one) => one === id)),
      [],
    );
  });

  it('are each used outside their list, so that none is left over', () => {
    const text = files
      .filter((file) => file !== 'editor/commandIds.ts')
      .map((file) => readFileSync(join(src, file), 'utf8'))
      .join('\n');
    for (const key of Object.keys(commandIds)) assert.match(text, new RegExp(`\\bcommandIds\\.${key}\\b`));
    for (const key of Object.keys(contextKeys)) assert.match(text, new RegExp(`\\bcontextKeys\\.${key}\\b`));
  });

  it('are written nowhere else in src, nor are the keys of when clauses', () => {
    const ids: readonly string[] = [...Object.values(commandIds), ...Object.values(contextKeys)];
    const written = literals.filter(
      ({ file, text }) => file !== 'editor/commandIds.ts' && ids.some((id) => new RegExp(`\\b${id}\\b`).test(text)),
    );
    assert.deepEqual(written, []);
  });

  it('are the only commands of ours that are registered or run', () => {
    for (const file of files) {
      const text = readFileSync(join(src, file), 'utf8');
      for (const [, id = ''] of text.matchAll(
        /\b(?:registerCommand|executeCommand|host\.command)\(\s*['"`]([^'"`]*)/g,
      )) {
        assert.ok(!id.startsWith(section), `${file}: ${id}`);
      }
    }
  });
});

describe('the keys of when clauses', () => {
  it('in package.json are those that the extension sets', () => {
    const { menus, walkthroughs } = contributes;
    const whens = [
      ...menus.commandPalette.map(({ when }) => when),
      ...walkthroughs.flatMap(({ when, steps }) => [
        when,
        ...steps.flatMap(({ completionEvents }) => completionEvents),
      ]),
    ];
    const asked = whens.flatMap((when) => when.match(/reltioAuth\.\w+/g) ?? []);
    assert.deepEqual([...new Set(asked)].sort(), Object.values(contextKeys).toSorted());
  });
});

describe('the names that sentences mention', () => {
  it('are settings that exist', () => {
    /** The id of the status bar item, and the name of a symbol. */
    const others = ['reltioAuth.session', 'reltioAuth.back'];
    const ids: readonly string[] = [...Object.values(commandIds), ...Object.values(contextKeys), ...others];
    const known = new Set([...ids, ...settingNames().map(settingId)]);
    const unknown = literals.flatMap(({ file, text }) =>
      (text.match(/\breltioAuth(\.\w+)+/g) ?? []).filter((name) => !known.has(name)).map((name) => `${file}: ${name}`),
    );
    assert.deepEqual(unknown, []);
  });
});
