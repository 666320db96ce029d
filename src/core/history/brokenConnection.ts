import type { FailureCode } from '../base/failure';

const codes: readonly FailureCode[] = ['timeout', 'unreachable'];

/** Whether the answer to a request may have been lost on its way. After any other failure, what came was an answer. */
export function isBrokenConnection(code: FailureCode | undefined): boolean {
  return code !== undefined && codes.includes(code);
}
