import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { combinations } from '../host/networkCombinations';
import { renderTable, withTable, type Results } from '../host/networkTable';

const docs = join(__dirname, '../../docs');
const results = JSON.parse(readFileSync(join(docs, 'network.json'), 'utf8')) as Results;

/** Tables are aligned by the formatter. */
const cells = (text: string): string => text.replace(/ +/g, ' ').replace(/-{2,}/g, '-');

describe('docs/network.md', () => {
  it('shows the table that the last run wrote: npm run docs writes it', () => {
    const page = readFileSync(join(docs, 'network.md'), 'utf8');
    assert.equal(cells(page), cells(withTable(page, renderTable(results))));
  });

  it('has each combination, on the floor and on the current VS Code', () => {
    assert.deepEqual(Object.keys(results), ['1.103', '1.139']);
    for (const rows of Object.values(results)) {
      assert.deepEqual(
        rows.map(({ network, settings, client }) => ({ network, settings, client })),
        combinations.map(({ network, settings, client }) => ({ network, settings, client })),
      );
    }
  });

  it('shows no port, path or address that changes from run to run', () => {
    assert.doesNotMatch(JSON.stringify(results), /(?<!acme\.com):\d{4,5}|\/tmp\//);
  });
});
