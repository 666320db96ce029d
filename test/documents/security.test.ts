import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { manifest } from '../../scripts/l10n/manifest';
import { ROOT } from '../../scripts/process/folders';
import { unlistedCommands } from '../../src/editor/commandIds';

describe('docs/security.md', () => {
  it('says of each command what it does for a caller that no user triggered, and nothing of any other', () => {
    const page = readFileSync(join(ROOT, 'docs/security.md'), 'utf8');
    const [, table = ''] = /^\| command .*\n\|.*\n((?:\|.*\n)+)/m.exec(page) ?? [];
    const rows = table.trimEnd().split('\n');
    const named = rows.flatMap((row) => (row.split('|')[1] ?? '').replaceAll('`', '').trim().split(', '));
    const commands = [...manifest().contributes.commands.map(({ title }) => title), ...unlistedCommands];
    assert.deepEqual(named.toSorted(), commands.toSorted());
    for (const row of rows) {
      const cells = row.split('|').slice(2, 4);
      assert.ok(cells.length === 2 && cells.every((cell) => cell.trim() !== ''), row);
    }
  });
});
