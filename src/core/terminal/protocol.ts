import { parseJsonObject } from '../base/json';
import type { TokenCall, TokenResult } from './tokenCall';

/** Raised when an older side could no longer understand a newer one. New fields alone do not raise it. */
export const protocolVersion = 1;

/** The longest call, in bytes. */
export const maxCallBytes = 16_384;
/** The longest result, in bytes. */
export const maxResultBytes = 1_000_000;

/** A call as it is sent: one line of JSON. */
export interface SentCall extends TokenCall {
  readonly version: number;
  readonly handle: string;
}

export function callLine(handle: string, args: readonly string[]): string {
  return `${JSON.stringify({ version: protocolVersion, handle, arguments: args } satisfies SentCall)}\n`;
}

/** Undefined if it is not a call. Unknown fields are ignored. */
export function parseCall(line: string): SentCall | undefined {
  const { version, handle, arguments: args } = parseJsonObject(line) ?? {};
  return typeof version === 'number' && typeof handle === 'string' && isTexts(args)
    ? { version, handle, arguments: args }
    : undefined;
}

export function resultLine({ stdout, stderr, exit }: TokenResult): string {
  return `${JSON.stringify({ version: protocolVersion, stdout, stderr, exit })}\n`;
}

/** Undefined if it is not a result. */
export function parseResult(line: string): TokenResult | undefined {
  const { stdout, stderr, exit } = parseJsonObject(line) ?? {};
  return typeof stdout === 'string' && typeof stderr === 'string' && isExit(exit)
    ? { stdout, stderr, exit }
    : undefined;
}

function isTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}

function isExit(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= 255;
}
