import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

const form = /^[\w-]{43}$/;

/** A key of the local proxy: 32 random bytes that need no escaping in a URL. */
export function newAccessKey(): string {
  return randomBytes(32).toString('base64url');
}

/**
 * Compares in constant time, whatever the candidate's length. Nothing equals a stored key that is not one of ours, such as
 * an empty one.
 */
export function isAccessKey(candidate: string, key: string): boolean {
  const isEqual = timingSafeEqual(hash(candidate), hash(key));
  return isEqual && form.test(key);
}

function hash(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
