import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CodeServerFolders } from '../../scripts/hosts/codeServer';
import { messageOf } from '../../scripts/l10n/languages';
import { manifestTexts } from '../../scripts/l10n/manifest';
import { sourceTexts } from '../../scripts/l10n/sourceTexts';
import { packedTexts } from '../../scripts/packing/packedTexts';
import { productFolder } from './productFolder';

/** The language of the texts that tests make: those who read English can read it, and see what is not translated. */
export const PSEUDO = 'qps-ploc';

const letters: Readonly<Record<string, string>> = {
  ...{ a: 'å', c: 'ç', d: 'ð', e: 'é', g: 'ğ', h: 'ĥ', i: 'î', j: 'ĵ', k: 'ķ', l: 'ļ', n: 'ñ', o: 'ö', r: 'ŕ', s: 'š' },
  ...{ t: 'ţ', u: 'û', w: 'ŵ', y: 'ý', z: 'ž', A: 'Å', C: 'Ç', D: 'Ð', E: 'É', G: 'Ğ', I: 'Î', L: 'Ļ', N: 'Ñ', O: 'Ö' },
  ...{ R: 'Ŕ', S: 'Š', T: 'Ţ', U: 'Û', W: 'Ŵ', Y: 'Ý' },
};
/** Placeholders, code, ids of settings, addresses and links stay as they are: the text must still work. */
const kept = /(\{\d+\}|`[^`]*`|#[\w.]+#|reltioAuth\.[\w.]+|https?:\/\/\S+|\((?:command:|https:)[^)]*\)|\$\([^)]*\))/;
/** How much longer other languages are than English. */
const LONGER = 0.4;

/** The text with accents, in brackets and 40 % longer: `[Šîğñ îñ öñé]`. */
export function pseudo(text: string): string {
  const accented = text
    .split(kept)
    .map((part, index) => (index % 2 === 1 ? part : part.replace(/[a-zA-Z]/g, (letter) => letters[letter] ?? letter)))
    .join('');
  const more = ' öñé ţŵö ţĥŕéé föûŕ fîvé šîx'.repeat(Math.ceil(text.length / 40) + 1);
  return `[${accented}${more.slice(0, Math.max(Math.ceil(text.length * LONGER), 3))}]`;
}

/** Puts texts in that language beside those of the installed extension, packed as these are. */
export function placePseudoTexts(folders: CodeServerFolders): void {
  const product = productFolder(folders);
  const bundle = Object.entries(sourceTexts()).map(([key, text]): [string, string] => [
    key,
    key.startsWith('en/') ? 'en' : pseudo(messageOf(text)), // for dates and plurals, it is English
  ]);
  const manifest = Object.entries(manifestTexts()).map(([key, text]) => [key, pseudo(text)]);
  mkdirSync(join(product, 'l10n'), { recursive: true });
  writeFileSync(join(product, `l10n/bundle.l10n.${PSEUDO}.json`), packedTexts(Object.fromEntries(bundle)));
  writeFileSync(join(product, `package.nls.${PSEUDO}.json`), JSON.stringify(Object.fromEntries(manifest)));
}
