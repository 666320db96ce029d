import { readFileSync } from 'node:fs';

/** What Stryker writes: https://github.com/stryker-mutator/mutation-testing-elements, schema version 2. Only what is used here. */
interface Report {
  readonly files: Readonly<Record<string, { readonly source: string; readonly mutants: readonly Mutant[] }>>;
}

interface Mutant {
  readonly mutatorName: string;
  readonly replacement?: string;
  readonly status: 'Killed' | 'Survived' | 'NoCoverage' | 'Timeout' | 'CompileError' | 'RuntimeError' | 'Ignored';
  readonly location: { readonly start: Position; readonly end: Position };
}

interface Position {
  readonly line: number;
  readonly column: number;
}

/** How many of the planted faults in one room the tests found. */
export interface Figures {
  readonly room: string;
  /** Without those that Stryker left out, and those that do not run at all. */
  readonly mutants: number;
  readonly found: number;
  /** Each as `file:line: fault`. */
  readonly survivors: readonly string[];
}

export function figuresOf(room: string, file: string): Figures {
  const { files } = JSON.parse(readFileSync(file, 'utf8')) as Report;
  const all = Object.entries(files).flatMap(([name, { source, mutants }]) =>
    mutants.map((mutant) => ({ ...mutant, text: `${name}:${mutant.location.start.line}: ${fault(mutant, source)}` })),
  );
  const having = (...wanted: readonly Mutant['status'][]): typeof all =>
    all.filter(({ status }) => wanted.includes(status));
  const survivors = having('Survived', 'NoCoverage').map(({ text }) => text);
  const found = having('Killed', 'Timeout').length;
  return { room, mutants: found + survivors.length, found, survivors };
}

/** `"a" → "b"`, on one line. */
function fault({ replacement = '', location: { start, end } }: Mutant, source: string): string {
  const lines = source.split('\n').slice(start.line - 1, end.line);
  const last = lines.length - 1;
  const text = lines
    .map((line, index) => line.slice(index === 0 ? start.column - 1 : 0, index === last ? end.column - 1 : line.length))
    .join(' ');
  return `${short(text)} → ${short(replacement)}`;
}

function short(code: string): string {
  const line = code.replace(/\s+/g, ' ').trim();
  return line.length > 90 ? `${line.slice(0, 89)}…` : line;
}

/** Rounded down: a goal that is nearly reached is not reached. */
export function percent({ mutants, found }: Pick<Figures, 'mutants' | 'found'>): string {
  return mutants === 0 ? '–' : `${(Math.floor((found / mutants) * 1_000) / 10).toFixed(1)} %`;
}
