import assert from 'node:assert/strict';

/** Milliseconds. Most tests take 10, and the slowest one 300 where nothing else runs. */
const limit = 8_000;

const ok: typeof assert.ok = assert.ok;

/** Stryker turns off mocha's own limit. Without one, a fault that makes a test hang costs a minute and a new process. */
export const mochaHooks = {
  beforeAll(): void {
    // For a message of its own, Node parses the whole file of the test, which takes up to half a minute.
    assert.ok = (value: unknown, message: string | Error = 'not ok'): asserts value => {
      ok(value, message);
    };
  },
  beforeEach(this: Mocha.Context): void {
    this.currentTest?.timeout(limit);
  },
};
