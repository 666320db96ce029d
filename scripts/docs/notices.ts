import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../process/folders';

/** The packages in the bundle of the extension. */
export const BUNDLED = ['@vscode/l10n', 'oauth4webapi', 'undici', 'valibot'] as const;

/** Packages whose licence names a file of `scripts/docs/licences`, because they contain none. */
const WITHOUT_FILE: Readonly<Record<string, string>> = { '@vscode/l10n': 'vscode-l10n.txt' };

interface Piece {
  readonly name: string;
  /** A file of `scripts/docs/licences`. Without it, `origin` is enough. */
  readonly file?: string;
  readonly licence: string;
  /** Says where it is in the bundle and where it comes from. */
  readonly origin: string;
  /** A module of the bundle that contains it. */
  readonly within: string;
}

/** Code of third parties inside the packages, which their licence files do not mention. */
export const PIECES: readonly Piece[] = [
  {
    name: 'Public Suffix List',
    licence: 'MPL-2.0',
    origin:
      'A compact copy of the list is in `dist/publicSuffixes.json.br`, compressed with Brotli. It is subject to the terms of the Mozilla Public License, v. 2.0; a ' +
      'copy of the licence is at https://mozilla.org/MPL/2.0/. The list in source form is at ' +
      'https://publicsuffix.org/list/public_suffix_list.dat and https://github.com/publicsuffix/list.',
    within: 'src/core/trust/publicSuffixes.json',
  },
  {
    name: 'llhttp',
    file: 'llhttp.txt',
    licence: 'MIT',
    origin: 'Compiled to WebAssembly inside undici. It comes from https://github.com/nodejs/llhttp.',
    within: 'node_modules/undici/lib/llhttp/llhttp-wasm.js',
  },
  {
    name: 'fixed_queue of Node.js',
    file: 'node.txt',
    licence: 'MIT',
    origin: 'Inside undici. It comes from `lib/internal/fixed_queue.js` of https://github.com/nodejs/node.',
    within: 'node_modules/undici/lib/dispatcher/fixed-queue.js',
  },
  {
    name: 'fetch-blob',
    file: 'fetch-blob.txt',
    licence: 'MIT',
    origin: 'A function inside undici is based on it. It comes from https://github.com/node-fetch/fetch-blob.',
    within: 'node_modules/undici/lib/core/util.js',
  },
];

const page = join(ROOT, 'THIRD-PARTY-NOTICES.md');

/** The licences of everything in the package. They must be shipped with it. */
export function notices(): string {
  const parts = BUNDLED.map((name) => {
    const folder = join(ROOT, 'node_modules', name);
    const { version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Record<
      string,
      string
    >;
    const ours = WITHOUT_FILE[name];
    const file =
      ours === undefined
        ? ['LICENSE', 'LICENSE.md'].map((one) => join(folder, one)).find(existsSync)
        : join(ROOT, 'scripts/docs/licences', ours);
    if (file === undefined) throw new Error(`${name} has no licence file.`);
    return `## ${name} ${version ?? ''} (${license ?? ''})\n\n${readFileSync(file, 'utf8').trim()}\n`;
  });
  const pieces = PIECES.map(({ name, file, licence, origin }) => {
    const text =
      file === undefined ? '' : `\n${readFileSync(join(ROOT, 'scripts/docs/licences', file), 'utf8').trim()}\n`;
    return `## ${name} (${licence})\n\n${origin}\n${text}`;
  });
  return [
    '# Third-party notices',
    'This extension contains the packages below and the third-party code inside them.',
    ...parts,
    ...pieces,
  ]
    .map((part) => part.trimEnd())
    .join('\n\n')
    .concat('\n');
}

export function writtenNotices(): string {
  return readFileSync(page, 'utf8');
}

export function writeNotices(): void {
  writeFileSync(page, notices());
}
