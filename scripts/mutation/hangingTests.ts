/** Milliseconds. Most tests take 10, and the slowest one 300 where nothing else runs. */
const limit = 8_000;

/** Stryker turns off mocha's own limit. Without one, a fault that makes a test hang costs a minute and a new process. */
export const mochaHooks = {
  beforeEach(this: Mocha.Context): void {
    this.currentTest?.timeout(limit);
  },
};
