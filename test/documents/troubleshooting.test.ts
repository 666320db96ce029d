import assert from 'node:assert/strict';
import { troubleshootingTable, writtenTable } from '../../scripts/docs/troubleshooting';

const cells = (table: string): string[] => table.split('\n').map((row) => row.replace(/\s+/g, ' ').replace(/-+/g, '-'));

describe('docs/troubleshooting.md', () => {
  it('shows the messages that the extension shows: npm run docs writes them', () => {
    assert.deepEqual(cells(writtenTable()), cells(troubleshootingTable()));
  });

  it('shows no message that users never see', () => {
    assert.doesNotMatch(troubleshootingTable(), /was cancelled/);
  });
});
