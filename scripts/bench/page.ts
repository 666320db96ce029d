import { writeFileSync } from 'node:fs';
import { arch, cpus, platform, totalmem } from 'node:os';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { ROOT } from '../process/folders';
import { figureTable, type Figure } from './figures';

interface Part {
  readonly title: string;
  readonly text: string;
  readonly figures: readonly Figure[];
}

/** Writes docs/benchmarks.md. It says what the machine is, and not whose. */
export async function writePage(vscodeVersion: string, parts: readonly Part[]): Promise<string> {
  const file = join(ROOT, 'docs/benchmarks.md');
  const [processor] = cpus();
  const machine = [
    `${cpus().length} cores of ${processor?.model.trim() ?? 'an unknown processor'}`,
    `${(totalmem() / 1e9).toFixed(0)} GB of memory`,
    `${platform()} ${arch()}`,
  ];
  const page = [
    '# Benchmarks',
    `Written by \`npm run bench\` on ${new Date().toISOString().slice(0, 10)}, with VS Code ${vscodeVersion} and Node ` +
      `${process.versions.node}, on ${machine.join(', ')}. Compare ratios: both of their numbers come from one run on one ` +
      'machine. The times alone say more about the machine, and about what else it did.',
    ...parts.flatMap(({ title, text, figures }) => [`## ${title}`, text, figureTable(figures)]),
  ];
  const options = { ...(await resolveConfig(file)), filepath: file };
  writeFileSync(file, await format(`${page.join('\n\n')}\n`, options));
  return file;
}
