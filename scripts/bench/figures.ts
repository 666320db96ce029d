/** A line of the report. */
export interface Figure {
  readonly what: string;
  readonly measured: string;
  readonly goal?: { readonly text: string; readonly isMet: boolean };
}

const builtIn = 'of the built-in one';
const accounts = 20;

/** What is reported of one extension host, and whether the goals are met. */
export function hostFigures(values: ReadonlyMap<string, number>, idleMinutes: number): readonly Figure[] {
  const value = (name: string): number => values.get(name) ?? Number.NaN;
  const activation = (suffix = ''): number => value(`call activate${suffix}`) + value(`finish activate${suffix}`);
  const [own, other] = [activation(), activation(` ${builtIn}`)];
  const [warm, trivial] = [value('warm getSession'), value('warm getSession of a trivial provider')];
  const megabytes = value('memory of many accounts') / 1e6;
  const requests = value('requests for a crowd');
  const loaded = [...values].filter(([name]) => name.startsWith('loaded '));
  const bytes = loaded.reduce((sum, [, size]) => sum + size, 0);
  const hourly = (place: string): number => (value(`timers ${place}`) * 60) / idleMinutes;
  return [
    {
      what: 'Activation (the activate columns of Startup Performance), against `github-authentication`',
      measured: `${(own / other).toFixed(2)} (${own} ms and ${other} ms)`,
      goal: { text: 'at most 0.2', isMet: own / other <= 0.2 },
    },
    {
      what: 'Loading the code, against `github-authentication`',
      measured: `${value('load code')} ms and ${value(`load code ${builtIn}`)} ms`,
    },
    {
      what: 'Bytes that are loaded at the start',
      measured: `${bytes.toLocaleString('en')} in ${loaded.length} ${loaded.length === 1 ? 'file' : 'files'}`,
      goal: { text: 'at most 120,000', isMet: bytes <= 120_000 },
    },
    {
      what: '`getSession` while the token is valid, against a provider that returns a constant (medians)',
      measured: `${(warm / trivial).toFixed(2)} (${warm.toFixed(2)} ms and ${trivial.toFixed(2)} ms)`,
      goal: { text: 'at most 1.05', isMet: warm / trivial <= 1.05 },
    },
    {
      what: '1,000 concurrent `getSession` calls on an expired token',
      measured: `${requests} ${requests === 1 ? 'request' : 'requests'}, ${value('a crowd of callers').toFixed(0)} ms for all`,
      goal: { text: 'one request', isMet: requests === 1 },
    },
    {
      what: `Memory with ${accounts} accounts, over one account`,
      measured: `${megabytes.toFixed(2)} MB`,
      goal: { text: 'at most 3 MB', isMet: megabytes <= 3 },
    },
    ...[['hidden', 0] as const, ['visible', 120] as const].map(([place, most]) => ({
      what: `Timers that fire in an idle hour, window ${place} (from ${idleMinutes} min)`,
      measured: String(hourly(place)),
      goal: { text: most === 0 ? 'none' : `at most ${most}`, isMet: hourly(place) <= most },
    })),
  ];
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
