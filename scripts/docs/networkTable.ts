import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { renderTable, withTable, type Measured } from '../../test/host/networkTable';
import { OUT, ROOT } from '../process/folders';

const data = join(ROOT, 'docs/network.json');
const page = join(ROOT, 'docs/network.md');

/** Copies the results of the last host tests of each VS Code from out/ to docs/network.json and docs/network.md. */
export function writeNetworkTable(): void {
  const results = JSON.parse(readFileSync(data, 'utf8')) as Record<string, readonly Measured[]>;
  for (const file of existsSync(OUT) ? readdirSync(OUT) : []) {
    const version = /^network-(\d+\.\d+)\.\d+\.json$/.exec(file)?.[1];
    if (version !== undefined) results[version] = JSON.parse(readFileSync(join(OUT, file), 'utf8')) as Measured[];
  }
  writeFileSync(data, `${JSON.stringify(results, null, 2)}\n`);
  writeFileSync(page, withTable(readFileSync(page, 'utf8'), renderTable(results)));
}
