import type { ExitCode } from './exitCodes';
import type { TokenResult } from './tokenCall';

/** The result of a call that gets no token. The sentence may name what comes from outside: a label, an option. */
export function refused(exit: ExitCode, sentence: string): TokenResult {
  return { stdout: '', stderr: errorLine(sentence), exit };
}

/** What the command writes to standard error: one line with its name. */
export function errorLine(sentence: string): string {
  return `reltio-token: ${oneLine(sentence)}\n`;
}

/** A terminal obeys control characters, and an invisible one may change what a line seems to say. */
function oneLine(sentence: string): string {
  return sentence
    .replace(/\s+/gu, ' ')
    .replace(/[\p{C}\p{Default_Ignorable_Code_Point}]/gu, '\uFFFD')
    .trim();
}
