import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Failure } from '../base/failure';
import { parseJsonObject } from '../base/json';
import type { Journal } from './journal';
import { codeOf, privateFolder, readPrivately, removeOldDrafts, replacePrivately } from '../base/privateFile';
import { readDocument, writeDocument, type StoredFormat } from '../storage/documentFormat';
import { parseTokens } from '../storage/sessionDocument';
import type { Tokens } from '../model/tokens';

const algorithm = 'aes-256-gcm';
/**
 * After an update, the new version reads the entries of the old one, so an entry is upgraded like a stored document.
 */
const entryFormat: StoredFormat<Tokens> = { upgrades: [], parse: parseTokens };

const lengths = { salt: 16, nonce: 12, tag: 16 } as const;

/**
 * Encrypted files in a folder of the extension's storage. The key is made from the spent refresh token, which is in the
 * secret storage: only a reader of that storage can open a file, and after a newer token is stored, no reader can.
 */
export function journalFiles(folder: string): Journal {
  const fileOf = (sessionId: string): string => join(folder, fileName(sessionId));
  return {
    async put(sessionId, spent, tokens) {
      await privateFolder(folder);
      await replacePrivately(fileOf(sessionId), sealEntry(tokens, sessionId, spent), 'toDisk');
      await removeOldDrafts(folder);
    },
    async find(sessionId, spent) {
      const content = await read(fileOf(sessionId));
      const entry = content === undefined ? 'nothing' : openEntry(content, sessionId, spent);
      if (entry === 'unknown') {
        throw new Failure('journalUnreadable');
      }
      return entry;
    },
    async remove(sessionId) {
      await rm(fileOf(sessionId), { force: true }).catch(() => undefined); // a leftover file does no harm
    },
  };
}

/** A valid file name for any id. Ids come from a stored document, so they may be of any length and contain anything. */
function fileName(sessionId: string): string {
  return createHash('sha256').update(sessionId, 'utf16le').digest('hex');
}

/** Undefined where there is no file. */
async function read(path: string): Promise<Buffer | undefined> {
  try {
    return await readPrivately(path);
  } catch (error) {
    const nodeCode = codeOf(error);
    if (nodeCode === 'ENOENT' || nodeCode === 'ENOTDIR') {
      return undefined;
    }
    throw new Failure('journalUnreadable', nodeCode === undefined ? {} : { nodeCode });
  }
}

/** The content of a file. The session id is sealed in, so an entry cannot be opened under another session's name. */
export function sealEntry(tokens: Tokens, sessionId: string, spent: string): Buffer {
  const [salt, nonce] = [randomBytes(lengths.salt), randomBytes(lengths.nonce)];
  const cipher = createCipheriv(algorithm, keyOf(spent, salt), nonce).setAAD(Buffer.from(sessionId, 'utf16le'));
  const body = Buffer.concat([cipher.update(writeDocument(tokens, entryFormat), 'utf8'), cipher.final()]);
  return Buffer.concat([salt, nonce, cipher.getAuthTag(), body]);
}

/** Never throws, whatever the bytes are. `unknown`: sealed for this refresh token, but probably by a newer version. */
export function openEntry(content: Buffer, sessionId: string, spent: string): Tokens | 'other' | 'unknown' {
  const text = decrypt(content, sessionId, spent);
  if (text === undefined) {
    return 'other';
  }
  const json = parseJsonObject(text);
  const entry = json === undefined ? undefined : readDocument(json, entryFormat);
  return entry?.kind === 'ok' ? entry.value : 'unknown';
}

function keyOf(secret: string, salt: Buffer): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, salt, 'reltio-auth journal', 32));
}

function decrypt(content: Buffer, sessionId: string, spent: string): string | undefined {
  const { salt, nonce, tag } = lengths;
  const start = salt + nonce + tag;
  if (content.length < start) {
    return undefined;
  }
  const key = keyOf(spent, content.subarray(0, salt));
  const decipher = createDecipheriv(algorithm, key, content.subarray(salt, salt + nonce), { authTagLength: tag });
  decipher.setAAD(Buffer.from(sessionId, 'utf16le')).setAuthTag(content.subarray(salt + nonce, start));
  try {
    return Buffer.concat([decipher.update(content.subarray(start)), decipher.final()]).toString('utf8');
  } catch {
    return undefined; // the tag does not match: the entry is for another refresh token, or was changed
  }
}
