/**
 * The exit codes of `reltio-token`. Scripts depend on them: a code keeps its meaning for ever. The comment of each says when it
 * is returned.
 */
export const exitCodes = {
  /** the token was printed */
  ok: 0,
  /** something unexpected happened in VS Code; its log says more */
  internalError: 1,
  /** an option is unknown, or its value cannot be used */
  wrongUsage: 2,
  /** nobody is signed in, or only a new sign-in can get a token */
  notSignedIn: 3,
  /** Reltio cannot be reached or has problems; the same command may work later */
  outage: 4,
  /** not allowed: the user said no or did not answer, or the workspace is not trusted */
  denied: 5,
  /** no VS Code window answers */
  noWindow: 6,
  /** no account fits, or several do */
  noSuchAccount: 7,
  /** the token is not valid for as long as `--min-ttl` wants */
  notValidLongEnough: 8,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];
