import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../process/folders';

/**
 * Divides test files into as many parts, which take about the same time: the largest file goes to the smallest
 * part so far. The same files always give the same parts.
 */
export function inParts(files: readonly string[], count: number, weight = testsIn): readonly (readonly string[])[] {
  const parts = Array.from({ length: count }, () => ({ files: [] as string[], tests: 0 }));
  const weighed = files.map((file) => ({ file, tests: weight(file) }));
  weighed.sort((a, b) => b.tests - a.tests || (a.file < b.file ? -1 : 1));
  for (const { file, tests } of weighed) {
    const smallest = parts.reduce((least, part) => (part.tests < least.tests ? part : least));
    smallest.files.push(file);
    smallest.tests += tests;
  }
  return parts.map((part) => part.files);
}

/** In tests: opening or reloading a window takes as long as a few of them. */
function testsIn(file: string): number {
  const text = readFileSync(join(ROOT, file), 'utf8');
  const count = (pattern: RegExp): number => text.match(pattern)?.length ?? 0;
  return (
    count(/^\s*it\(/gm) +
    4 * count(/reltioWindow\(|signInWindow\(|Window\.open\(|openInstead\(|[rR]eload(ByCommand)?\(/g)
  );
}
