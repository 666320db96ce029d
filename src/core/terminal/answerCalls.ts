import { asFailure, type Failure } from '../base/failure';
import { exitCodeOf } from './exitCodeOf';
import { exitCodes } from './exitCodes';
import { helpSentence } from './helpSentence';
import { helpText } from './helpText';
import { printedToken, type PrintableToken } from './printedToken';
import { refused } from './refused';
import { parseTokenArguments } from './tokenArguments';
import type { AnswerCall } from './tokenCall';
import type { TokenWish } from './tokenWish';
import { wrongInside } from './wrongInside';

/** What `reltio-token` needs from the extension. */
export interface TokenDesk {
  /**
   * The token that is wanted. `signal` aborts when the caller has left.
   *
   * @throws {Failure} if it cannot be had, or is not allowed
   */
  token(wish: TokenWish, signal: AbortSignal): Promise<PrintableToken>;
  /** What the user reads about a failure: a sentence or two. */
  sentence(failure: Failure): string;
}

/** Everything about a call but the token: arguments, help, forms, exit codes. */
export function answerCalls(desk: TokenDesk): AnswerCall {
  return async ({ arguments: args }, signal) => {
    const asked = parseTokenArguments(args);
    switch (asked.asks) {
      case 'help':
        return { stdout: helpText(), stderr: '', exit: exitCodes.ok };
      case 'nothing':
        return refused(exitCodes.wrongUsage, `${asked.mistake} ${helpSentence()}`);
      case 'token':
        try {
          const token = await desk.token(asked.wish, signal);
          return { stdout: printedToken(token, asked.wish.form), stderr: '', exit: exitCodes.ok };
        } catch (error) {
          const failure = asFailure(error);
          return failure === undefined
            ? refused(exitCodes.internalError, wrongInside())
            : refused(exitCodeOf(failure), desk.sentence(failure));
        }
    }
  };
}
