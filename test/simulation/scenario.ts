import type { ClientAuthentication } from '../identity/clients';
import type { Policy } from '../identity/policy';
import { Dice } from './dice';

/** What a seed simulates. Rates are per hour of simulated time unless stated otherwise. */
export interface Scenario {
  readonly days: number;
  readonly windows: number;
  /** Users who sign in with their password. */
  readonly users: number;
  /** Clients that sign in without a user. */
  readonly clients: number;
  readonly clientsAuthenticateBy: ClientAuthentication;
  /** Of the users, those who also paste a token of another tool. */
  readonly pasted: number;
  readonly policy: Partial<Policy>;
  /** Whether the users chose to refresh tokens even if no consumer asks for one. */
  readonly keepAlive: boolean;
  /** Milliseconds between two calls of consumers in a window, on average. */
  readonly callEvery: number;
  /** Probability that a call is a manual refresh. */
  readonly manualRefreshes: number;
  readonly outages: number;
  readonly faultRate: number;
  readonly crashes: number;
  /** Probability that a process crashes at a point where it waits for something. */
  readonly crashRate: number;
  /** Probability that it is suspended there. */
  readonly suspendRate: number;
  readonly suspensions: number;
  readonly sleeps: number;
  readonly clockChanges: number;
  readonly signOuts: number;
  readonly earlyExpiries: number;
  /** How often another tool gets a token of one of the accounts for itself. */
  readonly otherTools: number;
  readonly serverClockOffset: number;
}

const minute = 60_000;
const hour = 60 * minute;

/** Nothing goes wrong. */
export const faultFree = {
  clients: 0,
  clientsAuthenticateBy: 'client_secret_basic',
  pasted: 0,
  keepAlive: false,
  manualRefreshes: 0,
  outages: 0,
  faultRate: 0,
  crashes: 0,
  crashRate: 0,
  suspendRate: 0,
  suspensions: 0,
  sleeps: 0,
  clockChanges: 0,
  signOuts: 0,
  earlyExpiries: 0,
  otherTools: 0,
  serverClockOffset: 0,
} as const;

/** Every policy and every mix of troubles: long runs with few of them, and short stress tests. */
export function drawScenario(dice: Dice, isStress = dice.chance(0.7)): Scenario {
  const accessTokenLifetime = isStress ? dice.pick([70, 120, 300, 900]) : dice.pick([900, 3600, 3600, 14400]);
  const some = (rate: number): number => (dice.chance(0.5) ? dice.about(rate) : 0);
  const scenario: Scenario = {
    days: isStress ? dice.between(0.02, 0.2) : dice.between(1, 35),
    windows: dice.pick([1, 2, 2, 3, 5, 8]),
    users: dice.pick([1, 1, 2]),
    clients: 0,
    clientsAuthenticateBy: 'client_secret_basic',
    pasted: 0,
    policy: {
      accessTokenLifetime,
      refreshTokenLifetime: dice.pick([28 * 24 * 3600, 28 * 24 * 3600, accessTokenLifetime * 20]),
      refreshReturns: dice.pick([
        'rotatedPair',
        'rotatedPair',
        'samePairSameExpiry',
        'samePairNewExpiry',
        'noRefreshToken',
        'sameRefreshToken',
      ]),
      earlyRefreshReturns: dice.pick(['sameAccessToken', 'newAccessToken']),
      refreshRevokesOlderAccessToken: dice.chance(0.5),
      secondLoginReturns: dice.pick(['samePair', 'newPair']),
      responseTypes: dice.pick(['documented', 'sampled']),
      invalidRefreshToken: dice.pick(['invalidGrant400', 'invalidToken401']),
    },
    callEvery: isStress ? dice.between(5_000, 60_000) : dice.between(10 * minute, 2 * hour),
    keepAlive: false,
    manualRefreshes: 0.02,
    outages: isStress ? some(3) : some(0.05),
    faultRate: dice.chance(0.6) ? dice.between(0, 0.2) : 0,
    crashes: isStress ? some(2) : some(0.02),
    crashRate: dice.chance(0.5) ? dice.between(0, isStress ? 0.01 : 0.003) : 0,
    suspendRate: dice.chance(0.4) ? dice.between(0, isStress ? 0.03 : 0.003) : 0,
    suspensions: isStress ? some(4) : some(0.02),
    sleeps: isStress ? some(0.5) : some(0.05),
    clockChanges: isStress ? some(1) : some(0.01),
    signOuts: isStress ? some(1) : some(0.01),
    earlyExpiries: isStress ? some(2) : some(0.02),
    otherTools: 0,
    serverClockOffset: dice.pick([0, 0, 90 * minute, -90 * minute, 40 * 24 * hour]),
  };
  const policy = { ...scenario.policy, returnsExpiredFor: dice.pick([0, 0, 500, 1_000]) };
  // With one call a second, a caller meets the last second of every token.
  const isBusy = isStress && dice.chance(0.2);
  return isBusy
    ? { ...scenario, policy, callEvery: 1_000, days: Math.min(scenario.days, 0.04) }
    : { ...scenario, policy };
}

/** Adds clients and pasted tokens to half of the seeds. Its dice are its own, so the seed changes nothing else. */
export function withMoreLogins(scenario: Scenario, seed: number): Scenario {
  const dice = new Dice(seed ^ 0x2545f491);
  const { users, policy } = scenario;
  const logins = dice.pick([
    {},
    {},
    {},
    { users: 0, clients: 1 },
    { users: 1, clients: 1, pasted: 1 },
    { pasted: users },
    { users: 0, clients: 2, pasted: 1 },
  ]);
  const tokenEvery = (policy.accessTokenLifetime ?? 3600) * 1_000;
  return {
    ...scenario,
    ...logins,
    policy: {
      ...policy,
      multiTokenQuota: dice.pick([0, 0, 3, 200]),
      quotaRefusal: dice.pick(['tooManyRequests429', 'limitExceeded400']),
      clientCredentialsRefreshToken: dice.chance(0.3),
    },
    clientsAuthenticateBy: dice.pick(['client_secret_basic', 'client_secret_post']),
    keepAlive: dice.chance(0.2),
    otherTools: dice.chance(0.5) ? dice.about((2 * hour) / tokenEvery) : 0,
  };
}
