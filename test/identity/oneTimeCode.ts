import { createHmac, randomBytes, randomInt, timingSafeEqual } from 'node:crypto';

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const stepMs = 30_000;
const digits = 6;

/** A fresh authenticator secret: 160 bits in base32, the size RFC 4226 recommends. */
export function newSecret(): string {
  return Array.from(randomBytes(32), (byte) => alphabet.charAt(byte % 32)).join('');
}

/** A code as an e-mail would contain it: random digits. */
export function randomCode(length: number): string {
  return Array.from({ length }, () => String(randomInt(10))).join('');
}

/**
 * The six digits an authenticator app shows for a base32 secret at a time in milliseconds (RFC 6238, SHA-1, 30 s).
 * Throws on a secret that is not base32.
 */
export function codeFor(secret: string, timeMs: number): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(timeMs / stepMs)));
  const mac = createHmac('sha1', decodeBase32(secret)).update(counter).digest();
  const offset = mac.readUInt8(mac.length - 1) & 0x0f;
  const number = (mac.readUInt32BE(offset) & 0x7fffffff) % 10 ** digits;
  return String(number).padStart(digits, '0');
}

/** Whether a code is right now, or was or will be within 30 s: RFC 6238 section 5.2 allows one step for slow typing. */
export function acceptsCode(secret: string, code: string, timeMs: number): boolean {
  return [0, -stepMs, stepMs].some((shift) => sameText(codeFor(secret, Math.max(timeMs + shift, 0)), code));
}

/** The address authenticator apps read from a QR code. */
export function enrolmentUri(userName: string, secret: string): string {
  return `otpauth://totp/Reltio:${encodeURIComponent(userName)}?secret=${secret}&issuer=Reltio`;
}

/** Compares two texts in constant time, so that the duration does not reveal where they differ. */
export function sameText(expected: string, given: string): boolean {
  const [a, b] = [Buffer.from(expected), Buffer.from(given)];
  return a.length === b.length && timingSafeEqual(a, b);
}

function decodeBase32(text: string): Buffer {
  const bytes: number[] = [];
  let bits = 0;
  let value = 0;
  for (const letter of text.replace(/=+$/, '').toUpperCase()) {
    const index = alphabet.indexOf(letter);
    if (index < 0) {
      throw new Error('An authenticator secret holds only A-Z and 2-7.');
    }
    value = (value << 5) | index;
    bits += 5;
    if (bits >= 8) {
      bits -= 8;
      bytes.push((value >>> bits) & 0xff);
      value &= (1 << bits) - 1;
    }
  }
  return Buffer.from(bytes);
}
