import assert from 'node:assert/strict';
import fc from 'fast-check';

/** Inputs per test: 10,000 in `npm test`, more with `npm run fuzz`. */
const runs = Number(process.env['RELTIO_FUZZ_RUNS'] ?? '10000');
/** The same inputs each time by default, so that a failing test fails again. */
const seed = Number(process.env['RELTIO_FUZZ_SEED'] ?? '9');
/** With fewer inputs, as in a short `npm run fuzz`, the fractions below say nothing. */
const enoughForFractions = 50;

export type Verdict = 'accepted' | 'refused';

interface Options {
  /** The fractions of the inputs that must be accepted and refused; otherwise the test would test nothing. */
  readonly least?: readonly [accepted: number, refused: number];
  /** For expensive inputs: the test gets one input for this many of the others. */
  readonly oneIn?: number;
}

/**
 * A test that gives hostile inputs to a parser and checks what it promises.
 *
 * @param check asserts what must hold, and says whether the parser accepted the input
 */
export function fuzz<T>(
  title: string,
  inputs: fc.Arbitrary<T>,
  check: (input: T) => Verdict | Promise<Verdict>,
  { least: [accepted, refused] = [0.1, 0.1], oneIn = 1 }: Options = {},
): void {
  const count = Math.ceil(runs / oneIn);
  it(`${title} (${count.toLocaleString('en')} inputs)`, async function () {
    this.timeout(0);
    const counts = { accepted: 0, refused: 0 };
    await fc.assert(
      fc.asyncProperty(inputs, async (input) => {
        const verdict = check(input);
        counts[typeof verdict === 'string' ? verdict : await verdict] += 1;
      }),
      { numRuns: count, seed, interruptAfterTimeLimit: 30 * 60_000, markInterruptAsFailure: true },
    );
    if (process.env['RELTIO_FUZZ_RUNS'] !== undefined) {
      console.log(`      ${title}: ${counts.accepted} accepted, ${counts.refused} refused`);
    }
    if (count >= enoughForFractions) {
      assert.ok(counts.accepted >= count * accepted, `only ${counts.accepted} of ${count} were accepted`);
      assert.ok(counts.refused >= count * refused, `only ${counts.refused} of ${count} were refused`);
    }
  });
}
