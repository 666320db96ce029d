import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { manifest } from '../../scripts/l10n/manifest';
import { ROOT } from '../../scripts/process/folders';
import { unlistedCommands } from '../../src/editor/commandIds';

describe('docs/security.md', () => {
  it('names the tests of each threat, and no test that does not exist', () => {
    const page = readFileSync(join(ROOT, 'docs/security.md'), 'utf8');
    const [, threats = ''] = /^## Threats\n([^]*?)^## /m.exec(page) ?? [];
    const sections = threats.split(/^### /m).slice(1);
    assert.ok(sections.length >= 15);
    for (const section of sections) {
      const [, tests = ''] = /^\*\*Tests:\*\* (.*(?:\n.+)*)$/m.exec(section) ?? [];
      const named = [...tests.matchAll(/`(test\/[\w/]+\.test\.ts)`/g)].map(([, name = '']) => name);
      assert.ok(named.length > 0, section);
      for (const name of named)
        assert.ok(existsSync(join(ROOT, name)), `${name} in ${section.split('\n', 1)[0] ?? ''}`);
    }
  });

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
