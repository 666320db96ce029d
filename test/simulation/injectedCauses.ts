import type { Dice } from './dice';
import type { Scenario } from './scenario';

/** What ends sessions in a run that measures how often the history names the cause. Rates are per hour. */
export interface InjectedCauses {
  readonly revocations: number;
  readonly usesElsewhere: number;
  readonly clientChanges: number;
  readonly keyringLosses: number;
  /** Milliseconds after which the server ends a session that was not used; 0: never. */
  readonly idleTimeout: number;
}

const minute = 60_000;

/** One to three of them, each a few times in the run. */
export function drawCauses(dice: Dice, { days }: Pick<Scenario, 'days'>): InjectedCauses {
  const often = (probability: number): number => (dice.chance(probability) ? dice.about(2) / (days * 24) : 0);
  return {
    revocations: often(0.4),
    usesElsewhere: often(0.2),
    clientChanges: often(0.3),
    keyringLosses: often(0.15),
    idleTimeout: dice.chance(0.1) ? dice.pick([5, 15, 30, 60]) * minute : 0,
  };
}
