import '../fakes/fakeVscode';
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { manifest } from '../../scripts/l10n/manifest';
import { methods } from '../../src/features/signIn/methods/methods';

const root = join(__dirname, '../..');
const read = (file: string): string => readFileSync(join(root, file), 'utf8');
const { contributes } = manifest();

describe('the README', () => {
  const readme = read('README.md');

  it('names every command by its title', () => {
    for (const { category, title } of contributes.commands) {
      assert.ok(readme.includes(`${category}: ${title}`), `${category}: ${title}`);
    }
  });

  it('names every way to sign in', () => {
    for (const { label } of methods) {
      assert.match(readme, new RegExp(`^\\| ${label()} +\\| `, 'm'), label());
    }
  });

  it('names every setting', () => {
    for (const name of Object.keys(contributes.configuration.properties)) {
      assert.ok(readme.includes(`\`${name}\``), name);
    }
  });

  it('shows only pictures that exist', () => {
    const pictures = [...readme.matchAll(/!\[[^\]]*\]\(([^)]+)\)/g)].map(([, path]) => path ?? '');
    assert.ok(pictures.length > 0);
    for (const picture of pictures) assert.ok(existsSync(join(root, picture)), picture);
  });
});

describe('the manifest', () => {
  it('lets no workspace write a setting', () => {
    for (const [name, { scope }] of Object.entries(contributes.configuration.properties)) {
      assert.equal(scope, 'application', name);
    }
  });
});
