import { stopAll } from '../../scripts/process/stop';
import { openWindows } from './driver';

/**
 * Loaded by mocha before the window tests: a failed test leaves a picture of each open window and its text, and no
 * server outlives the tests.
 */
export const mochaHooks = {
  async afterEach(this: Mocha.Context): Promise<void> {
    if (this.currentTest?.state !== 'failed') return;
    for (const window of openWindows()) {
      if (window.page.isClosed()) continue; // a test of what is left behind has ended it
      const files = await window.failure(this.currentTest.fullTitle());
      console.error(`      see ${files.join('\n          ')}`);
    }
  },
  afterAll: () => stopAll(),
};
