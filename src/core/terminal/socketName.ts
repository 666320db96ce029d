import { join } from 'node:path';
import type { TerminalKeys } from './terminalKeys';

/** Systems allow 104 bytes or a few more for the path of a socket. */
const maxPathBytes = 100;

export function socketPath(folder: string, id: TerminalKeys['id']): string {
  return join(folder, `${id}.sock`);
}

/** Whether the sockets in this folder get paths that are short enough. */
export function fits(folder: string): boolean {
  return Buffer.byteLength(socketPath(folder, '0'.repeat(16))) <= maxPathBytes;
}

export function pipePath(id: TerminalKeys['id']): string {
  return `\\\\.\\pipe\\reltio-auth-${id}`;
}
