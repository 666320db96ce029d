import { randomBytes, randomUUID } from 'node:crypto';
import type { Policy } from './policy';
import type { User } from './users';

/** The text of a new token, always another one. `address` is that of the server that issues it. */
export function newTokenText(form: Policy['tokenForm'], user: User, address: string): string {
  const signature = (): string => randomBytes(64).toString('base64url');
  switch (form) {
    case 'uuid':
      return randomUUID();
    case 'severalKilobytes':
      return `s.${randomBytes(3000).toString('base64url')}.${signature()}`;
    case 'reltio': {
      const content = { u: user.name, t: user.tenants, aurl: address, jti: randomUUID() };
      return `s.${zstdFrame(JSON.stringify(content)).toString('base64url')}.${signature()}`;
    }
  }
}

/**
 * A frame with the text as it is: zstd needs no compression (RFC 8878 section 3.1.1), and Node 20 has none.
 * Throws on more than 128 KB, which is the limit of a block.
 */
function zstdFrame(text: string): Buffer {
  const content = Buffer.from(text);
  if (content.length > 128 * 1024) {
    throw new Error('A block of zstd has at most 128 KB.');
  }
  const header = Buffer.alloc(12);
  header.writeUInt32LE(0xfd2fb528, 0); // magic number
  header.writeUInt8(0b1010_0000, 4); // one segment, with its size in four bytes
  header.writeUInt32LE(content.length, 5);
  header.writeUIntLE((content.length << 3) | 1, 9, 3); // the last block, not compressed
  return Buffer.concat([header, content]);
}
