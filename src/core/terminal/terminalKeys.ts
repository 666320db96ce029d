import { randomBytes } from 'node:crypto';
import { isObject } from '../base/json';

/** What the terminals of a workspace have, and what leads them to their window. Kept for the workspace. */
export interface TerminalKeys {
  /** Part of the name of the socket. */
  readonly id: string;
  /** Lets a caller in. A secret, though not a token: it is of no use without the socket, which only this user can open. */
  readonly handle: string;
}

export function newTerminalKeys(): TerminalKeys {
  return { id: randomBytes(8).toString('hex'), handle: randomBytes(32).toString('base64url') };
}

/** Whether a stored value is what `newTerminalKeys` returned: the id becomes part of a path. */
export function isTerminalKeys(value: unknown): value is TerminalKeys {
  return isObject(value) && matches(value['id'], /^[\da-f]{16}$/) && matches(value['handle'], /^[\w-]{43}$/);
}

function matches(value: unknown, form: RegExp): boolean {
  return typeof value === 'string' && form.test(value);
}
