import assert from 'node:assert/strict';
import { mistakes, type Planted } from './planted';
import type { Scenario } from './scenario';
import { simulate, simulateStorm, type Outcome } from './simulation';

/** Virtual weeks take real time: this much for seeds that nobody has seen (milliseconds). */
const freshTime = 12_000;

describe('the simulation', function () {
  this.timeout(240_000);

  it('breaks no rule in the fixed seeds', async () => {
    for (let seed = 1; seed <= 25; seed += 1) {
      await keepsEveryRule(seed);
    }
  });

  it('breaks no rule in fresh seeds', async () => {
    const first = Math.floor(Math.random() * 2 ** 31);
    const cpu = process.cpuUsage();
    for (let seed = first; process.cpuUsage(cpu).user / 1000 < freshTime; seed += 1) {
      await keepsEveryRule(seed);
    }
  });

  it('does the same again for the same seed', async () => {
    const [one, other] = [await simulate(3), await simulate(3)];
    assert.deepEqual(one, other);
  });

  describe('notices when the core would', () => {
    for (const [name, { planted, noticed, seed, scenario }] of Object.entries(mistakes)) {
      it(name, async () => {
        const found = await firstViolation(seed, planted, scenario);
        assert.match(found.violation ?? 'nothing', noticed);
        assert.equal(
          (await simulateStorm(found.seed, undefined, scenario)).violation,
          undefined,
          'and the core as it is does not',
        );
      });
    }
  });
});

async function firstViolation(from: number, planted: Planted, scenario?: Partial<Scenario>): Promise<Outcome> {
  for (let seed = from; ; seed += 1) {
    const outcome = await simulateStorm(seed, planted, scenario);
    if (outcome.violation !== undefined || seed >= from + 50) {
      return outcome;
    }
  }
}

async function keepsEveryRule(seed: number): Promise<void> {
  const { violation, story } = await simulate(seed);
  const again = `npm run simulate -- --seed ${seed}`;
  assert.equal(violation, undefined, `Again with: ${again}\n${story.slice(-20).join('\n')}`);
}
