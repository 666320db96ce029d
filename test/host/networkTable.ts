import type { Combination } from './networkCombinations';

/** The result of one combination in a run. */
export interface Measured {
  readonly network: string;
  readonly settings: string;
  readonly client: string;
  /** `signs in`, or the message that the user reads. */
  readonly outcome: string;
}

/** By VS Code version. */
export type Results = Readonly<Record<string, readonly Measured[]>>;

/** Ports differ from run to run, and are removed. */
export function measured({ network, settings, client }: Combination, outcome: string): Measured {
  return { network, settings, client, outcome: outcome.replace(/(localhost|127\.0\.0\.1|reltio\.test):\d+/g, '$1') };
}

/** The table of docs/network.md, from the results of the runs. */
export function renderTable(results: Results): string {
  const versions = Object.keys(results).sort();
  const runs = versions.map((version) => results[version] ?? []);
  const messages = [...new Set(runs.flat().map(({ outcome }) => outcome))].filter((outcome) => outcome !== 'signs in');
  const shown = (outcome: string | undefined): string => {
    const number = messages.indexOf(outcome ?? '') + 1;
    return number === 0 ? (outcome ?? 'not run') : `message ${number}`;
  };
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  const head = ['network', 'your settings', 'client', ...versions.map((version) => `VS Code ${version}`)];
  const rows = (runs[0] ?? []).map(({ network, settings, client }, index) =>
    line([network, settings, client, ...runs.map((run) => shown(run[index]?.outcome))]),
  );
  return [
    line(head),
    line(head.map(() => '---')),
    ...rows,
    '',
    'The messages:',
    '',
    ...messages.map((message, index) => `${index + 1}. ${message}`),
  ].join('\n');
}

/** The page with this table between its two markers. */
export function withTable(page: string, table: string): string {
  const [before, rest] = page.split('<!-- table -->');
  const after = rest?.split('<!-- /table -->')[1];
  if (before === undefined || after === undefined) throw new Error('docs/network.md has lost its table markers');
  return `${before}<!-- table -->\n\n${table}\n\n<!-- /table -->${after}`;
}
