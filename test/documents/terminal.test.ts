import assert from 'node:assert/strict';
import { exitCodeTable, writtenExitCodes } from '../../scripts/docs/exitCodes';

const cells = (table: string): string[] => table.split('\n').map((row) => row.replace(/\s+/g, ' ').replace(/-+/g, '-'));

describe('docs/terminal.md', () => {
  it('shows the exit codes of reltio-token: npm run docs writes them', () => {
    assert.deepEqual(cells(writtenExitCodes()), cells(exitCodeTable()));
  });
});
