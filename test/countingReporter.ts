import { writeFileSync } from 'node:fs';
import Mocha from 'mocha';

/** Prints as another of mocha's reporters does and leaves the counts in the file that RELTIO_COUNTS names. */
class CountingReporter {
  constructor(runner: Mocha.Runner, options: Mocha.MochaOptions) {
    const { base } = (options.reporterOptions ?? {}) as { base?: string };
    const Base = base === 'dot' ? Mocha.reporters.Dot : Mocha.reporters.Spec;
    const { stats } = new Base(runner, options);
    runner.once('end', () => {
      const file = process.env['RELTIO_COUNTS'];
      const { passes, failures, pending } = stats;
      if (file !== undefined) writeFileSync(file, JSON.stringify({ passed: passes, failed: failures + pending }));
    });
  }
}

module.exports = CountingReporter;
