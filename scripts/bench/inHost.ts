import type { Result } from '../../test/host/results';
import { runHostTests } from '../steps/hostTests';

/**
 * What `test/host/measured.bench.ts` measured in new extension hosts, by name. What failed is missing, and said on the console.
 *
 * @param starts how many hosts to start: of the times of a start, the shortest says most about the code
 */
export async function measureInHost(
  version: string,
  idleMinutes: number,
  starts: number,
): Promise<ReadonlyMap<string, number>> {
  const values = new Map<string, number>();
  for (let start = 1; start <= starts; start += 1) {
    const grep = start < starts ? 'starts quickly' : undefined;
    await runHostTests(version, {
      grep,
      env: { RELTIO_TEST_BENCH: String(idleMinutes) },
      onResults: (results) => {
        for (const [name, value] of results.flatMap(measurement)) {
          values.set(name, Math.min(value, values.get(name) ?? Infinity));
        }
      },
    });
  }
  return values;
}

function measurement(result: Result): readonly (readonly [string, number])[] {
  return result.type === 'measured' ? [[result.name, result.value]] : [];
}
