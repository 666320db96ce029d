import { stopAll } from '../../scripts/process/stop';
import { closeWindows, openWindows } from './driver';

/**
 * Loaded by mocha before the window tests. A failed test saves a picture and the text of each open window, and no server
 * is left running after the tests.
 */
export const mochaHooks = {
  async beforeEach(): Promise<void> {
    for (const window of openWindows()) if (!window.page.isClosed()) await window.startTest();
  },
  async afterEach(this: Mocha.Context): Promise<void> {
    if (this.currentTest?.state !== 'failed') return;
    for (const window of openWindows()) {
      if (window.page.isClosed()) continue; // a leak test has closed it
      const files = await window.failure(this.currentTest.fullTitle());
      console.error(`      see ${files.join('\n          ')}`);
    }
  },
  async afterAll(): Promise<void> {
    await closeWindows();
    await stopAll();
  },
};
