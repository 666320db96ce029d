import assert from 'node:assert/strict';
import { refusalTable, writtenRefusals } from '../../scripts/docs/refusals';

const cells = (table: string): string[] => table.split('\n').map((row) => row.replace(/\s+/g, ' ').replace(/-+/g, '-'));

describe('docs/local-proxy.md', () => {
  it('shows the answers that the proxy gives: npm run docs writes them', () => {
    assert.deepEqual(cells(writtenRefusals()), cells(refusalTable()));
  });
});
