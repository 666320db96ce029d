/** A call of `reltio-token`. Everything in it comes from the terminal. */
export interface TokenCall {
  /** As the shell passes them, without the name of the program. */
  readonly arguments: readonly string[];
}

/** What the call prints, and its exit code. */
export interface TokenResult {
  readonly stdout: string;
  readonly stderr: string;
  readonly exit: number;
}

/** Answers a call. Never rejects. `signal` aborts when the caller has left. */
export type AnswerCall = (call: TokenCall, signal: AbortSignal) => Promise<TokenResult>;
