export interface Vulnerability {
  readonly name: string;
  readonly severity: string;
}

type Audit =
  | { readonly kind: 'answer'; readonly shipped: readonly Vulnerability[]; readonly others: readonly Vulnerability[] }
  | { readonly kind: 'noAnswer'; readonly reason: string };

/** Reads what `npm audit --json` prints: the known vulnerabilities, or an error of the registry. Pure. */
export function readAudit(output: string, shipped: readonly string[]): Audit {
  const report = jsonIn(output);
  const { vulnerabilities, message } = report ?? {};
  if (typeof vulnerabilities !== 'object' || vulnerabilities === null) {
    const reason = typeof message === 'string' ? message : (output.trim().split('\n').at(-1) ?? '');
    return { kind: 'noAnswer', reason: reason === '' ? 'npm printed nothing' : reason };
  }
  const all = Object.entries(vulnerabilities as Record<string, { severity?: unknown } | null>).map(([name, one]) => ({
    name,
    severity: typeof one?.severity === 'string' ? one.severity : 'unknown severity',
  }));
  return {
    kind: 'answer',
    shipped: all.filter(({ name }) => shipped.includes(name)),
    others: all.filter(({ name }) => !shipped.includes(name)),
  };
}

/** Warnings of npm may stand before it and after it. */
function jsonIn(output: string): Record<string, unknown> | undefined {
  const [json] = /^\{[^]*\}$/m.exec(output) ?? [];
  try {
    return json === undefined ? undefined : (JSON.parse(json) as Record<string, unknown>);
  } catch {
    return undefined;
  }
}
