import { buildSync } from 'esbuild';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';

/** Bundles a test program into one file that plain `node` starts at once. Loading TypeScript in eight processes takes seconds. */
export function bundled(program: string): string {
  const outfile = join(mkdtempSync(join(tmpdir(), 'reltio-program-')), `${basename(program, '.ts')}.js`);
  buildSync({
    entryPoints: [join(__dirname, program)],
    outfile,
    bundle: true,
    platform: 'node',
    target: 'node20',
    external: ['vscode'], // imported by steps of a sign-in, which these programs never run
    logLevel: 'error',
  });
  return outfile;
}
