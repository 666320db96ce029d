/** The exit codes of `reltio-token`. Scripts depend on them: a code keeps its meaning for ever. */
export const exitCodes = {
  ok: 0,
  internalError: 1,
  wrongUsage: 2,
  notSignedIn: 3,
  outage: 4,
  denied: 5,
  noWindow: 6,
  noSuchAccount: 7,
  notValidLongEnough: 8,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** What users read about each, in `--help` and in the documentation. */
export const exitMeanings: Readonly<Record<keyof typeof exitCodes, string>> = {
  ok: 'the token was printed',
  internalError: 'anything else; the message says what',
  wrongUsage: 'an option is unknown, or its value cannot be used',
  notSignedIn: 'not signed in, or you have to sign in again',
  outage: 'Reltio cannot be reached or has problems: try again later',
  denied: 'not allowed, or the workspace is not trusted',
  noWindow: 'no VS Code window answers',
  noSuchAccount: 'no such account or environment, or several accounts fit',
  notValidLongEnough: 'the token is not valid for as long as --min-ttl wants',
};
