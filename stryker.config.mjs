// Mutation testing. `npm run mutate` (scripts/mutate.ts) sets the two variables; a clear report for one file:
//   RELTIO_MUTATED_ROOM=oauth npx stryker run --mutate src/core/oauth/retryAfter.ts --reporters clear-text
const room = process.env['RELTIO_MUTATED_ROOM'] ?? 'oauth';
/** Rooms whose tests use no sockets and no files to speak of: a mutant in one of them may be found by the tests of another. */
const QUICK = ['base', 'calls', 'journal', 'locking', 'model', 'oauth', 'rejections', 'sessions', 'storage'];
const tested = QUICK.includes(room) ? QUICK : [room];

export default {
  testRunner: 'mocha',
  plugins: ['@stryker-mutator/mocha-runner'],
  testRunnerNodeArgs: ['--import', 'tsx'],
  mutate: [`src/core/${room}/**/*.ts`],
  mochaOptions: {
    spec: tested.map((name) => `test/core/${name}/**/*.test.ts`),
    require: ['./test/lostErrors.ts'],
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
