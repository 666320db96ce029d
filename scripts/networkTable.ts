import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { renderTable, withTable, type Measured } from '../test/network/table';
import { OUT, ROOT } from './folders';

// Takes what the last host tests of each VS Code left in out/, and writes it into docs/: the data and the page.
const results: Record<string, readonly Measured[]> = {};
for (const file of readdirSync(OUT).sort()) {
  const version = /^network-(\d+\.\d+)\.\d+\.json$/.exec(file)?.[1];
  if (version !== undefined) results[version] = JSON.parse(readFileSync(join(OUT, file), 'utf8')) as Measured[];
}
write('docs/network.json', `${JSON.stringify(results, null, 2)}\n`);
write('docs/network.md', withTable(readFileSync(join(ROOT, 'docs/network.md'), 'utf8'), renderTable(results)));

function write(file: string, text: string): void {
  writeFileSync(join(ROOT, file), text);
  console.log(`Wrote ${file}: VS Code ${Object.keys(results).join(' and ')}`);
}
