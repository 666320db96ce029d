import { faultFree, type Scenario } from './scenario';

/** Many windows and accounts that write all the time, and are suspended while they do. */
export const crowd: Partial<Scenario> = {
  days: 0.04,
  windows: 8,
  users: 4,
  callEvery: 4_000,
  outages: 0,
  faultRate: 0,
  suspendRate: 0.02,
  policy: { accessTokenLifetime: 64, refreshReturns: 'rotatedPair' },
};

/** Nothing goes wrong, and a caller asks in the last second of every token. */
export const lastSeconds: Partial<Scenario> = {
  ...faultFree,
  days: 0.02,
  windows: 2,
  users: 1,
  callEvery: 1_000,
  policy: { accessTokenLifetime: 120, refreshReturns: 'samePairSameExpiry', returnsExpiredFor: 1_000 },
};

/** Refresh tokens become invalid, and windows are suspended while they wait for the answer. */
export const rejectedTokens: Partial<Scenario> = {
  ...crowd,
  users: 1,
  callEvery: 1_000,
  earlyExpiries: 60,
  suspendRate: 0.03,
};

/** The server keeps asking to wait, and windows are suspended while they do. */
export const askedToWait: Partial<Scenario> = {
  ...crowd,
  users: 1,
  callEvery: 1_000,
  faultRate: 0.6,
  suspendRate: 0.03,
};

/** The server is slow, and returns the same pair to a user who signs in again. */
export const signInsDuringRefreshes: Partial<Scenario> = {
  ...crowd,
  users: 2,
  callEvery: 1_000,
  suspendRate: 0,
  faultRate: 0.5,
  earlyExpiries: 60,
  signOuts: 240,
  policy: {
    accessTokenLifetime: 64,
    refreshReturns: 'samePairSameExpiry',
    secondLoginReturns: 'samePair',
    refreshTokenLifetime: 600,
  },
};

/** Most requests fail, and users refresh manually all the time in every window. */
export const manualRefreshes: Partial<Scenario> = {
  ...faultFree,
  days: 0.0105,
  windows: 8,
  users: 2,
  callEvery: 1_000,
  manualRefreshes: 1,
  faultRate: 0.7,
  policy: { accessTokenLifetime: 900, refreshReturns: 'rotatedPair' },
};

/** Nothing goes wrong, and many callers want the token of a client. */
export const clientAlone: Partial<Scenario> = {
  ...faultFree,
  days: 0.03,
  windows: 4,
  users: 0,
  clients: 1,
  callEvery: 2_000,
  policy: { accessTokenLifetime: 120, clientCredentialsRefreshToken: true },
};

/** As above, and other tools use up the tokens that the client may have. */
export const clientWithoutTokens: Partial<Scenario> = {
  ...clientAlone,
  windows: 1,
  otherTools: 120,
  policy: { accessTokenLifetime: 120, multiTokenQuota: 2, quotaRefusal: 'tooManyRequests429' },
};

/** Nothing goes wrong, and a user has also pasted a token of another tool. */
export const pastedBesidePassword: Partial<Scenario> = {
  ...faultFree,
  days: 0.03,
  windows: 2,
  users: 1,
  pasted: 1,
  callEvery: 5_000,
  policy: { accessTokenLifetime: 300, refreshReturns: 'rotatedPair' },
};
