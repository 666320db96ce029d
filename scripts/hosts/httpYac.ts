import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cached } from './cached';
import { npm } from '../process/npm';
import { progress } from '../process/progress';

/** Of the newest httpYac extension, `anweber.vscode-httpyac`. */
const VERSION = '6.16.7';

/**
 * The folder with httpYac's library in `node_modules`, installed from npm into the cache. It is no dependency of this
 * repository, because it brings more than 200 packages. Runs no install script.
 */
export function installHttpYac(): Promise<string> {
  return cached(`httpyac-${VERSION}`, VERSION, (folder) =>
    progress(`Installing httpYac ${VERSION} (from npm, about 70 MB)`, async () => {
      const content = { name: 'httpyac-host', version: '1.0.0', private: true, dependencies: { httpyac: VERSION } };
      writeFileSync(join(folder, 'package.json'), JSON.stringify(content, null, 2));
      await npm(['install', '--ignore-scripts', '--no-audit', '--no-fund', '--omit=dev'], folder);
    }),
  );
}
