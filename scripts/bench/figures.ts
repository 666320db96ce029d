import { timersInHour } from './idleHour';

/** A line of the report. */
export interface Figure {
  readonly what: string;
  readonly measured: string;
  readonly goal?: { readonly text: string; readonly isMet: boolean };
}

const builtIn = 'of the built-in one';
const accounts = 20;

/** What is reported of one extension host, and whether the goals are met. */
export function hostFigures(
  values: ReadonlyMap<string, number>,
  idleMinutes: number,
  hour: (activity: 'idle' | 'focused') => number = timersInHour,
): readonly Figure[] {
  const value = (name: string): number => values.get(name) ?? Number.NaN;
  const activation = (suffix = ''): number => value(`call activate${suffix}`) + value(`finish activate${suffix}`);
  const [own, other] = [activation(), activation(` ${builtIn}`)];
  const [warm, trivial] = [value('warm getSession'), value('warm getSession of a trivial provider')];
  const megabytes = value('memory of many accounts') / 1e6;
  const requests = value('requests for a crowd');
  const loaded = [...values].filter(([name]) => name.startsWith('loaded '));
  const bytes = loaded.reduce((sum, [, size]) => sum + size, 0);
  return [
    {
      what: 'Activation (the activate columns of Startup Performance), against `github-authentication`',
      measured: `${text(own / other, 2)} (${text(own)} ms and ${text(other)} ms)`,
      goal: { text: 'at most 0.2', isMet: own / other <= 0.2 },
    },
    {
      what: 'Loading the code, against `github-authentication`',
      measured: `${text(value('load code'))} ms and ${text(value(`load code ${builtIn}`))} ms`,
    },
    {
      what: 'Bytes that are loaded at the start',
      measured: `${bytes.toLocaleString('en')} in ${loaded.length} ${loaded.length === 1 ? 'file' : 'files'}`,
      goal: { text: 'at most 120,000', isMet: bytes <= 120_000 },
    },
    {
      what: '`getSession` while the token is valid, against a provider that returns a constant (medians)',
      measured: `${text(warm / trivial, 2)} (${text(warm, 2)} ms and ${text(trivial, 2)} ms)`,
      goal: { text: 'at most 1.05', isMet: warm / trivial <= 1.05 },
    },
    {
      what: '1,000 concurrent `getSession` calls on an expired token',
      measured: `${text(requests)} ${requests === 1 ? 'request' : 'requests'}, ${text(value('a crowd of callers'))} ms for all`,
      goal: { text: 'one request', isMet: requests === 1 },
    },
    {
      what: `Memory with ${accounts} accounts, over one account`,
      measured: `${text(megabytes, 2)} MB`,
      goal: { text: 'at most 3 MB', isMet: megabytes <= 3 },
    },
    ...(['idle', 'focused'] as const).map((activity) => {
      const [timers, most] = [hour(activity), activity === 'idle' ? 0 : 120];
      return {
        what: `Timers that fire in an hour while the window is ${activity === 'idle' ? 'hidden or idle' : 'used'}`,
        measured: String(timers),
        goal: { text: most === 0 ? 'none' : `at most ${most}`, isMet: timers <= most },
      };
    }),
    {
      what: `Timers that fired in ${idleMinutes} min of this host, after the calls above`,
      measured: text(value('timers')),
    },
  ];
}

/** A number, or what is said of one that could not be measured. */
function text(value: number, digits = 0): string {
  return Number.isNaN(value) ? 'not measured' : value.toFixed(digits);
}

export function figureLine({ what, measured, goal }: Figure): string {
  return `${what}: ${measured}${goal === undefined ? '' : ` (goal: ${goal.text}${goal.isMet ? '' : ', NOT MET'})`}`;
}

export function figureTable(figures: readonly Figure[]): string {
  const rows = figures.map(({ what, measured, goal }) => {
    const [text, result] = goal === undefined ? ['', ''] : [goal.text, goal.isMet ? 'met' : '**not met**'];
    return `| ${what} | ${measured} | ${text} | ${result} |`;
  });
  return ['| what | measured | goal | |', '| --- | --- | --- | --- |', ...rows].join('\n');
}
