import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Identity } from './identity';

/** A part of the environment that reads and answers requests itself, because its answers are streams. */
export interface HostedPart {
  handles(path: string): boolean;
  /** @returns the status of the answer */
  answer(path: string, request: IncomingMessage, response: ServerResponse, identity: Identity): Promise<number>;
  close(): Promise<void>;
}
