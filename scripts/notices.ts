import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './folders';

/** What is bundled into the extension; tldts-core comes inside tldts. */
export const BUNDLED = ['tldts', 'tldts-core', 'undici', 'valibot'] as const;

const page = join(ROOT, 'THIRD-PARTY-NOTICES.md');

/** The licences of what the extension ships, as they ask to be shipped with it. */
export function notices(): string {
  const parts = BUNDLED.map((name) => {
    const folder = join(ROOT, 'node_modules', name);
    const { version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Record<
      string,
      string
    >;
    const file = ['LICENSE', 'LICENSE.md'].map((one) => join(folder, one)).find(existsSync);
    if (file === undefined) throw new Error(`${name} has no licence file.`);
    return `## ${name} ${version ?? ''} (${license ?? ''})\n\n${readFileSync(file, 'utf8').trim()}\n`;
  });
  return [
    '# Third-party notices',
    'This extension contains the packages below. tldts holds a compiled copy of the Public Suffix List ' +
      '(https://publicsuffix.org), which is under the Mozilla Public License 2.0.',
    ...parts,
  ].join('\n\n');
}

export function writtenNotices(): string {
  return readFileSync(page, 'utf8');
}

if (require.main === module) {
  writeFileSync(page, notices());
}
