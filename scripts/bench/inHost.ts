import type { Result } from '../../test/host/results';
import { runHostTests } from '../steps/hostTests';
import { ExpectedError } from '../process/stop';

/** What `test/host/measured.bench.ts` measured in a new extension host, by name. */
export async function measureInHost(version: string, idleMinutes: number): Promise<ReadonlyMap<string, number>> {
  let results: readonly Result[] = [];
  const { failed } = await runHostTests(version, {
    env: { RELTIO_TEST_BENCH: String(idleMinutes) },
    onResults: (all) => (results = all),
  });
  if (failed > 0) {
    throw new ExpectedError('Not everything could be measured.');
  }
  return new Map(results.flatMap((one) => (one.type === 'measured' ? [[one.name, one.value] as const] : [])));
}
