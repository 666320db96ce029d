// Mutation testing. `npm run mutate` (scripts/mutate.ts) sets the two variables; a clear report for one file:
//   RELTIO_MUTATED_ROOM=oauth npx stryker run --mutate src/core/oauth/retryAfter.ts --reporters clear-text
const room = process.env['RELTIO_MUTATED_ROOM'] ?? 'oauth';

export default {
  testRunner: 'mocha',
  plugins: ['@stryker-mutator/mocha-runner'],
  testRunnerNodeArgs: ['--import', 'tsx'],
  mutate: [`src/core/${room}/**/*.ts`],
  mochaOptions: {
    // Its own tests only: a room whose faults are found by others alone cannot be changed with confidence.
    spec: [`test/core/${room}/**/*.test.ts`],
    require: ['./test/lostErrors.ts', './test/plainOk.ts', './scripts/mutation/hangingTests.ts'],
  },
  coverageAnalysis: 'perTest',
  // A mutant of a constant of a module needs every test, and most of these constants are read by a test that names them.
  ignoreStatic: true,
  concurrency: Number(process.env['RELTIO_MUTATION_CORES'] ?? '1'),
  // A busy machine must not make a mutant count as found.
  timeoutMS: 30_000,
  timeoutFactor: 4,
  tempDirName: 'out/mutation/work',
  ignorePatterns: ['.cache', '.git', 'dist', 'docs', 'examples', 'media', 'out', '*.vsix'],
  jsonReporter: { fileName: `out/mutation/${room}.json` },
  reporters: ['json', 'progress-append-only'],
};
