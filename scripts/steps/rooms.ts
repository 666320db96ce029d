import type { ICruiseResult, IFlattenedRuleSet, ICruiseOptions } from 'dependency-cruiser';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { ROOT } from '../process/folders';
import { ExpectedError } from '../process/stop';

export interface Room {
  /** Its path below `src`. */
  readonly room: string;
  readonly holds: string;
  /** What it may import. The default is what every feature may import. */
  readonly imports?: readonly string[];
}

interface Imports {
  /** Each broken rule as a sentence. */
  readonly broken: readonly string[];
  /** Which file of src imports which. */
  readonly between: readonly { readonly from: string; readonly to: string }[];
}

interface Config {
  readonly forbidden: NonNullable<IFlattenedRuleSet['forbidden']>;
  readonly options: ICruiseOptions;
}

/** The rooms of `src`, from the top layer to the bottom one. */
export function readRooms(): Room[] {
  return JSON.parse(readFileSync(join(ROOT, 'docs/rooms.json'), 'utf8')) as Room[];
}

export function readRules(): { readonly name?: string }[] {
  return config().forbidden;
}

/** Reads every import below `<folder>/src` and checks it against the rules of .dependency-cruiser.cjs. */
export async function readImports(folder = ROOT): Promise<Imports> {
  const { forbidden, options } = config();
  const { cruise } = await import('dependency-cruiser');
  const { output } = await cruise(['src'], { ...options, baseDir: folder, validate: true, ruleSet: { forbidden } });
  const { modules, summary } = output as ICruiseResult;
  return {
    broken: summary.violations.map(({ rule, from, to, cycle }) => {
      const path = cycle === undefined ? [from, to] : [from, ...cycle.map(({ name }) => name)];
      return `${rule.name}: ${[...new Set(path)].join(' → ')}`;
    }),
    between: modules.flatMap(({ source, dependencies }) =>
      dependencies
        .filter(({ resolved }) => resolved.startsWith('src/'))
        .map(({ resolved }) => ({ from: source, to: resolved })),
    ),
  };
}

/** Fails if src breaks a rule. */
export async function rooms(): Promise<void> {
  const { broken } = await readImports();
  if (broken.length > 0) throw new ExpectedError(broken.join('\n'));
}

function config(): Config {
  return createRequire(__filename)(join(ROOT, '.dependency-cruiser.cjs')) as Config;
}
