import type { Policy } from '../identity/policy';
import type { Dice } from './dice';

/** What kind of weeks a seed has in store. Rates are per hour of virtual time unless told. */
export interface Scenario {
  readonly days: number;
  readonly windows: number;
  readonly users: number;
  readonly policy: Partial<Policy>;
  /** Milliseconds between two calls of consumers in a window, on average. */
  readonly callEvery: number;
  /** Probability that a call is a person's refresh by hand. */
  readonly byHand: number;
  readonly badWeather: number;
  readonly faultRate: number;
  readonly deaths: number;
  /** Probability that a process dies at a point where it waits for something. */
  readonly deathRate: number;
  /** Probability that it is stopped there. */
  readonly stopRate: number;
  readonly stops: number;
  readonly sleeps: number;
  readonly clockJumps: number;
  readonly signOuts: number;
  readonly earlyEnds: number;
  readonly serverClock: number;
}

const minute = 60_000;
const hour = 60 * minute;

/** Nothing goes wrong. */
export const calm = {
  byHand: 0,
  badWeather: 0,
  faultRate: 0,
  deaths: 0,
  deathRate: 0,
  stopRate: 0,
  stops: 0,
  sleeps: 0,
  clockJumps: 0,
  signOuts: 0,
  earlyEnds: 0,
  serverClock: 0,
} as const;

/** Every policy, every mix of troubles, long calm weeks and short storms. */
export function drawScenario(dice: Dice, isStorm = dice.chance(0.7)): Scenario {
  const accessTokenLifetime = isStorm ? dice.pick([70, 120, 300, 900]) : dice.pick([900, 3600, 3600, 14400]);
  const some = (rate: number): number => (dice.chance(0.5) ? dice.about(rate) : 0);
  const scenario: Scenario = {
    days: isStorm ? dice.between(0.02, 0.2) : dice.between(1, 35),
    windows: dice.pick([1, 2, 2, 3, 5, 8]),
    users: dice.pick([1, 1, 2]),
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
    callEvery: isStorm ? dice.between(5_000, 60_000) : dice.between(10 * minute, 2 * hour),
    byHand: 0.02,
    badWeather: isStorm ? some(3) : some(0.05),
    faultRate: dice.chance(0.6) ? dice.between(0, 0.2) : 0,
    deaths: isStorm ? some(2) : some(0.02),
    deathRate: dice.chance(0.5) ? dice.between(0, isStorm ? 0.01 : 0.003) : 0,
    stopRate: dice.chance(0.4) ? dice.between(0, isStorm ? 0.03 : 0.003) : 0,
    stops: isStorm ? some(4) : some(0.02),
    sleeps: isStorm ? some(0.5) : some(0.05),
    clockJumps: isStorm ? some(1) : some(0.01),
    signOuts: isStorm ? some(1) : some(0.01),
    earlyEnds: isStorm ? some(2) : some(0.02),
    serverClock: dice.pick([0, 0, 90 * minute, -90 * minute, 40 * 24 * hour]),
  };
  const policy = { ...scenario.policy, returnsExpiredFor: dice.pick([0, 0, 500, 1_000]) };
  // A caller a second meets the last second of every token.
  const isBusy = isStorm && dice.chance(0.2);
  return isBusy
    ? { ...scenario, policy, callEvery: 1_000, days: Math.min(scenario.days, 0.04) }
    : { ...scenario, policy };
}
