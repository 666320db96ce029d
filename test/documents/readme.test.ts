import '../fakes/fakeVscode';
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { methods } from '../../src/features/signIn/methods/methods';

const root = join(__dirname, '../..');
const read = (file: string): string => readFileSync(join(root, file), 'utf8');
interface Manifest {
  readonly contributes: {
    readonly commands: readonly { readonly title: string; readonly category: string }[];
    readonly configuration: { readonly properties: Readonly<Record<string, { readonly scope?: string }>> };
  };
}
const manifest = JSON.parse(read('package.json')) as Manifest;

describe('the README', () => {
  const readme = read('README.md');

  it('names every command by its title', () => {
    for (const { category, title } of manifest.contributes.commands) {
      assert.ok(readme.includes(`${category}: ${title}`), `${category}: ${title}`);
    }
  });

  it('names every way to sign in', () => {
    for (const { label } of methods) {
      assert.match(readme, new RegExp(`^\\| ${label()} +\\| `, 'm'), label());
    }
  });

  it('names every setting', () => {
    for (const name of Object.keys(manifest.contributes.configuration.properties)) {
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
    for (const [name, { scope }] of Object.entries(manifest.contributes.configuration.properties)) {
      assert.equal(scope, 'application', name);
    }
  });
});
