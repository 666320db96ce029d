import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CodeServerFolders } from '../../scripts/hosts/codeServer';
import { productFolder } from './productFolder';

/** What `Editor.isBesideBrowser` returns, in the minified bundle. */
const answer = /(?<=isBesideBrowser:\(\)=>)([^(),{}]|\([^(){}]*\))+/g;

/** Makes the installed extension say that its browser runs on the same machine. */
export function placeBesideBrowser(folders: CodeServerFolders): void {
  const file = join(productFolder(folders), 'dist/extension.js');
  const text = readFileSync(file, 'utf8');
  assert.equal(text.match(answer)?.length, 1, 'isBesideBrowser is in the bundle once');
  writeFileSync(file, text.replace(answer, 'true'));
}
