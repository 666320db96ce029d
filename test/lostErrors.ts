/** Mocha reports no rejection that nobody handles, so an assertion in a listener could not fail a test without this. */
process.on('unhandledRejection', (reason) => {
  throw reason instanceof Error ? reason : new Error(String(reason));
});
