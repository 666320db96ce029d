import { lstatSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Hit {
  /** The name under which the secret was given, never the secret. */
  readonly secret: string;
  readonly form: string;
  readonly where: string;
}

/** Looks for secrets, in every encoding that is likely, in all files below the folders and in the texts. */
export function scanForSecrets(
  secrets: Record<string, string>,
  { folders = [], texts = {} }: { folders?: string[]; texts?: Record<string, string> },
): Hit[] {
  const wanted = Object.entries(secrets).flatMap(([secret, value]) =>
    formsOf(value).map(([form, bytes]) => ({ secret, form, bytes })),
  );
  const search = (content: Buffer, where: string): Hit[] =>
    wanted.filter(({ bytes }) => content.includes(bytes)).map(({ secret, form }) => ({ secret, form, where }));
  return [
    ...folders.flatMap(filesBelow).flatMap((file) => search(readFileSync(file), file)),
    ...Object.entries(texts).flatMap(([where, text]) => search(Buffer.from(text), where)),
  ];
}

/**
 * Plain, URL-encoded, JSON-escaped, and base64 at each of the three offsets; and as UTF-16, in which Chromium stores the
 * text of an input.
 */
function formsOf(value: string): [form: string, bytes: Buffer][] {
  const plain = Buffer.from(value);
  const forms: [string, Buffer][] = [
    ['plain', plain],
    ['utf-16', Buffer.from(value, 'utf16le')],
    ['url-encoded', Buffer.from(encodeURIComponent(value))],
    ['form-encoded', Buffer.from(new URLSearchParams([['', value]]).toString().slice(1))],
    ['json', Buffer.from(JSON.stringify(value).slice(1, -1))],
  ];
  for (const offset of [0, 1, 2]) {
    // The first and last characters depend on the neighbouring bytes; those between them do not.
    const text = Buffer.concat([Buffer.alloc(offset), plain])
      .toString('base64')
      .replace(/=+$/, '');
    const inner = text.slice(offset === 0 ? 0 : offset + 1, (offset + plain.length) % 3 === 0 ? undefined : -1);
    const urlSafe = inner.replace(/\+/g, '-').replace(/\//g, '_');
    forms.push(['base64', Buffer.from(inner)], ['base64, utf-16', Buffer.from(inner, 'utf16le')]);
    forms.push(['base64url', Buffer.from(urlSafe)], ['base64url, utf-16', Buffer.from(urlSafe, 'utf16le')]);
  }
  const seen = new Set<string>();
  return forms.filter(([, bytes]) => {
    const key = bytes.toString('latin1');
    // a form of a few characters would be found everywhere
    if (bytes.length < 6 || seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

export function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((file) => lstatSync(file, { throwIfNoEntry: false })?.isFile() === true);
}
