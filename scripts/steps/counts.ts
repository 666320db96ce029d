/** How many tests passed and failed. */
export interface Counts {
  readonly passed: number;
  readonly failed: number;
}

export function sum(counts: Counts[]): Counts {
  return counts.reduce((a, b) => ({ passed: a.passed + b.passed, failed: a.failed + b.failed }), {
    passed: 0,
    failed: 0,
  });
}

export function countsText({ passed, failed }: Counts): string {
  return `${passed} passed, ${failed} failed`;
}

/** The output of a step, and what `countsText` wrote in its last line. */
export function splitCounts(output: string): { readonly text: string; readonly counts?: Counts } {
  const found = /(?:^|\n)(\d+) passed, (\d+) failed\n*$/.exec(output);
  if (found === null) return { text: output.trimEnd() };
  const [, passed, failed] = found;
  return {
    text: output.slice(0, found.index).trimEnd(),
    counts: { passed: Number(passed), failed: Number(failed) },
  };
}
