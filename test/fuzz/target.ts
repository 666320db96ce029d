import assert from 'node:assert/strict';
import fc from 'fast-check';

/** Inputs of each target: 10,000 in `npm test`, more with `npm run fuzz`. */
const runs = Number(process.env['RELTIO_FUZZ_RUNS'] ?? '10000');
/** The same inputs each time, unless told otherwise: a test that fails must fail again. */
const seed = Number(process.env['RELTIO_FUZZ_SEED'] ?? '9');

export type Verdict = 'accepted' | 'refused';

interface Options {
  /** The part of the inputs, 0 to 1, that must be accepted, and that must be refused: else the target tests nothing. */
  readonly least?: readonly [accepted: number, refused: number];
  /** For a target whose inputs are dear: it gets one input for so many of the others. */
  readonly oneIn?: number;
}

/**
 * A target: throws hostile inputs at a parser and holds what comes back against what it promises.
 *
 * @param judge asserts what must hold, and says whether the parser took the input
 */
export function target<T>(
  title: string,
  inputs: fc.Arbitrary<T>,
  judge: (input: T) => Verdict | Promise<Verdict>,
  { least: [accepted, refused] = [0.1, 0.1], oneIn = 1 }: Options = {},
): void {
  const count = Math.ceil(runs / oneIn);
  it(`${title} (${count.toLocaleString('en')} inputs)`, async function () {
    this.timeout(0);
    const counts = { accepted: 0, refused: 0 };
    await fc.assert(
      fc.asyncProperty(inputs, async (input) => {
        const verdict = judge(input);
        counts[typeof verdict === 'string' ? verdict : await verdict] += 1;
      }),
      { numRuns: count, seed, interruptAfterTimeLimit: 30 * 60_000, markInterruptAsFailure: true },
    );
    if (process.env['RELTIO_FUZZ_RUNS'] !== undefined) {
      console.log(`      ${title}: ${counts.accepted} accepted, ${counts.refused} refused`);
    }
    assert.ok(counts.accepted >= count * accepted, `only ${counts.accepted} of ${count} were accepted`);
    assert.ok(counts.refused >= count * refused, `only ${counts.refused} of ${count} were refused`);
  });
}
