import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { Dice } from './dice';
import { mistakes } from './mistakes';
import type { Planted } from './planted';
import { faultFree, type Scenario } from './scenario';
import { simulate, simulateStress, Simulation, type Outcome } from './simulation';

/** New seeds for each commit, and the same ones for everyone who tests that commit. */
const freshSeeds = 30;

describe('the simulation', function () {
  this.timeout(240_000);

  it('breaks no rule in the fixed seeds', async () => {
    for (let seed = 1; seed <= 20; seed += 1) {
      await keepsEveryRule(seed);
    }
  });

  it('breaks no rule in seeds that are new with each commit', async () => {
    const first = seedOfThisCommit();
    for (let seed = first; seed < first + freshSeeds; seed += 1) {
      await keepsEveryRule(seed);
    }
  });

  it('gives the same result for the same seed', async () => {
    const [one, other] = [await simulate(3), await simulate(3)];
    assert.deepEqual(one, other);
  });

  for (const [multiToken, multiTokenQuota] of Object.entries({ off: 0, on: 10 })) {
    it(`sends one request for each token of a client in ten hours, with multi-token support ${multiToken}`, async () => {
      const policy = { accessTokenLifetime: 3600, multiTokenQuota };
      const { counts, violation } = await day({ windows: 8, users: 0, clients: 1, policy });
      assert.equal(violation, undefined);
      assert.equal(counts.signIns, 1);
      assert.ok(counts.ofClients >= 8 && counts.ofClients <= 9, `${counts.ofClients} requests`);
    });
  }

  it('sends no request for a pasted token', async () => {
    const { counts, violation } = await day({ windows: 3, users: 0, pasted: 2, policy: { accessTokenLifetime: 3600 } });
    assert.equal(violation, undefined);
    assert.equal(counts.tokenRequests, 0);
    assert.ok(counts.returned > 100);
  });

  describe('notices when the core', () => {
    for (const [name, { planted, noticed, seed, scenario }] of Object.entries(mistakes)) {
      it(name, async () => {
        const found = await firstViolation(seed, planted, scenario);
        assert.match(found.violation ?? 'nothing', noticed);
        assert.equal(
          (await simulateStress(found.seed, undefined, scenario)).violation,
          undefined,
          'the core without the mistake passes',
        );
      });
    }
  });
});

function seedOfThisCommit(): number {
  try {
    const commit = execFileSync('git', ['rev-parse', 'HEAD'], { encoding: 'utf8', cwd: __dirname, stdio: 'pipe' });
    return Number.parseInt(commit.slice(0, 7), 16);
  } catch {
    return Math.floor(Math.random() * 2 ** 28); // not a Git checkout
  }
}

async function firstViolation(from: number, planted: Planted, scenario?: Partial<Scenario>): Promise<Outcome> {
  for (let seed = from; ; seed += 1) {
    const outcome = await simulateStress(seed, planted, scenario);
    if (outcome.violation !== undefined || seed >= from + 50) {
      return outcome;
    }
  }
}

/** Ten hours in which nothing goes wrong, and each window asks every five minutes. */
async function day(scenario: Pick<Scenario, 'windows' | 'users' | 'policy'> & Partial<Scenario>): Promise<Outcome> {
  return await new Simulation(new Dice(7), { ...faultFree, days: 10 / 24, callEvery: 300_000, ...scenario }).run();
}

async function keepsEveryRule(seed: number): Promise<void> {
  const { violation, events: story } = await simulate(seed);
  const command = `npm run simulate -- --seed ${seed}`;
  assert.equal(violation, undefined, `Repeat it with: ${command}\n${story.slice(-20).join('\n')}`);
}
