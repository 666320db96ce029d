import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { CodeServerFolders } from '../../scripts/hosts/codeServer';

/** Where the extension is installed for a window. */
export function productFolder({ extensions }: CodeServerFolders): string {
  const name = readdirSync(extensions).find((one) => one.includes('.reltio-auth-') && !one.includes('consumer'));
  assert.ok(name !== undefined, 'the extension is installed');
  return join(extensions, name);
}
