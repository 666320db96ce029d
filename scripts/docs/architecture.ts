import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../process/folders';
import { readRooms } from '../steps/rooms';
import { drawRooms } from './picture';

const page = join(ROOT, 'docs/architecture.md');
const start = '<!-- picture: npm run docs draws it from docs/rooms.json -->';
const end = '<!-- end of picture -->';

/** `docs/architecture.md` with an up-to-date picture of the rooms. */
export function architecture(): string {
  const text = writtenArchitecture();
  const [before = '', after = ''] = [text.slice(0, text.indexOf(start)), text.slice(text.indexOf(end))];
  return `${before}${start}\n\n\`\`\`text\n${drawRooms(readRooms())}\n\`\`\`\n\n${after}`;
}

export function writtenArchitecture(): string {
  return readFileSync(page, 'utf8');
}

export function writeArchitecture(): void {
  writeFileSync(page, architecture());
}
