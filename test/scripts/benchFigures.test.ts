import assert from 'node:assert/strict';
import { figureLine, figureTable, hostFigures } from '../../scripts/bench/figures';

const values = new Map([
  ['load code', 5],
  ['call activate', 1],
  ['finish activate', 1],
  ['load code of the built-in one', 40],
  ['call activate of the built-in one', 10],
  ['finish activate of the built-in one', 10],
  ['loaded extension.js', 113_000],
  ['warm getSession', 1.02],
  ['warm getSession of a trivial provider', 1],
  ['requests for a crowd', 1],
  ['a crowd of callers', 900],
  ['memory of many accounts', 1_000_000],
  ['timers hidden', 0],
  ['timers visible', 10],
]);

describe('the figures of the benchmark', () => {
  const unmet = (changed: Record<string, number>) =>
    hostFigures(new Map([...values, ...Object.entries(changed)]), 5)
      .filter(({ goal }) => goal?.isMet === false)
      .map(figureLine);

  it('meet every goal', () => {
    assert.deepEqual(unmet({}), []);
    assert.match(figureTable(hostFigures(values, 5)), /^\| what \| measured \| goal \|/);
  });

  const tooMuch = {
    'call activate': [4, /0\.25 \(5 ms and 20 ms\)/],
    'loaded late.js': [8_000, /121,000 in 2 files/],
    'warm getSession': [1.06, /1\.06/],
    'requests for a crowd': [2, /2 requests/],
    'memory of many accounts': [3_100_000, /3\.10 MB/],
    'timers hidden': [1, /hidden.*: 12 /],
    'timers visible': [11, /visible.*: 132 /],
  } as const;
  for (const [name, [value, said]] of Object.entries(tooMuch)) {
    it(`say that a goal is not met: ${name}`, () => {
      const [line = '', ...others] = unmet({ [name]: value });
      assert.match(line, said);
      assert.match(line, /NOT MET/);
      assert.deepEqual(others, []);
    });
  }

  it('do not call a goal met that was not measured', () => {
    assert.equal(hostFigures(new Map(), 5).filter(({ goal }) => goal?.isMet === true).length, 1); // no file, so no byte
  });
});
