import { parseArgs } from 'node:util';
import { BUNDLED } from './docs/notices';
import { ROOT } from './process/folders';
import { tryNpm } from './process/npm';
import { runScript } from './process/stop';
import { readAudit, type Vulnerability } from './steps/audit';

/**
 * `npm run audit`: asks the npm registry for known vulnerabilities. One in a package that is shipped is an error. All our
 * packages are `devDependencies`, because the build bundles some of them, so npm's own `--omit=dev` would ask about none.
 * A registry that does not answer is no error, unless `--answer` says that there must be one.
 */
runScript(async () => {
  const { values } = parseArgs({ options: { answer: { type: 'boolean' } } });
  const { output } = await tryNpm(['audit', '--json'], ROOT);
  const found = readAudit(output, BUNDLED);
  if (found.kind === 'noAnswer') {
    console.log(`The registry did not answer, so nothing is known about vulnerabilities: ${found.reason}`);
    return values.answer === true ? 1 : 0;
  }
  console.log(`Shipped packages (${BUNDLED.join(', ')}): ${listOf(found.shipped)}`);
  console.log(`Packages that build and test: ${listOf(found.others)}`);
  return found.shipped.length === 0 ? 0 : 1;
});

function listOf(vulnerabilities: readonly Vulnerability[]): string {
  return vulnerabilities.length === 0
    ? 'no known vulnerability.'
    : vulnerabilities.map(({ name, severity }) => `${name} (${severity})`).join(', ');
}
