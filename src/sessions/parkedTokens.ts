import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isObject, parseJsonObject } from '../oauth/json';
import { parseTokens } from './sessionDocument';
import type { Tokens } from './tokens';

/**
 * Where tokens wait that the secret storage did not take. When a window closes, VS Code cuts off the secret storage
 * first and lets extensions finish afterwards (`AbstractExtHostExtensionService.terminate`); only the disk is left then.
 */
export interface ParkedTokens {
  /**
   * @param spent the refresh token that these came for, which is what is stored
   */
  put(sessionId: string, spent: string, tokens: Tokens): Promise<void>;
  /** What was put there for this refresh token. What was put there for another is of no use to anybody, and removed. */
  find(sessionId: string, spent: string): Promise<Tokens | undefined>;
  remove(sessionId: string): Promise<void>;
}

export const noParking: ParkedTokens = {
  put: () => Promise.resolve(),
  find: () => Promise.resolve(undefined),
  remove: () => Promise.resolve(),
};

const algorithm = 'aes-256-gcm';
const lengths = { salt: 16, nonce: 12, tag: 16 } as const;

/**
 * Encrypted files in a folder of the extension's storage. The key comes from the spent refresh token: it stands in the
 * secret storage, so a file is worth as much as that storage lets somebody read, and nothing at all once a newer token
 * stands there.
 */
export function parkedTokens(folder: string): ParkedTokens {
  const fileOf = (sessionId: string): string => join(folder, encodeURIComponent(sessionId));
  return {
    async put(sessionId, spent, tokens) {
      const file = fileOf(sessionId);
      await mkdir(folder, { recursive: true });
      await writeFile(`${file}.new`, encrypt(JSON.stringify(tokens), spent), { mode: 0o600 });
      await rename(`${file}.new`, file);
    },
    async find(sessionId, spent) {
      try {
        const json = parseJsonObject(decrypt(await readFile(fileOf(sessionId)), spent));
        return json === undefined ? undefined : parseTokens(json);
      } catch (error) {
        if (!isObject(error) || error['code'] !== 'ENOENT') {
          await this.remove(sessionId);
        }
        return undefined;
      }
    },
    async remove(sessionId) {
      await rm(fileOf(sessionId), { force: true }).catch(() => undefined); // of no use to anybody where it stays
    },
  };
}

function keyOf(secret: string, salt: Buffer): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, salt, 'reltio-auth parked tokens', 32));
}

function encrypt(text: string, secret: string): Buffer {
  const [salt, nonce] = [randomBytes(lengths.salt), randomBytes(lengths.nonce)];
  const cipher = createCipheriv(algorithm, keyOf(secret, salt), nonce);
  const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return Buffer.concat([salt, nonce, cipher.getAuthTag(), body]);
}

function decrypt(content: Buffer, secret: string): string {
  const { salt, nonce, tag } = lengths;
  const part = (from: number, length?: number): Buffer =>
    content.subarray(from, length === undefined ? undefined : from + length);
  const decipher = createDecipheriv(algorithm, keyOf(secret, part(0, salt)), part(salt, nonce), {
    authTagLength: tag,
  });
  decipher.setAuthTag(part(salt + nonce, tag));
  return Buffer.concat([decipher.update(part(salt + nonce + tag)), decipher.final()]).toString('utf8');
}
