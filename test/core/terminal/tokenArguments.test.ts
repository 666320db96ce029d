import assert from 'node:assert/strict';
import { parseTokenArguments } from '../../../src/core/terminal/tokenArguments';

const wish = (...args: string[]): unknown => {
  const asked = parseTokenArguments(args);
  return asked.asks === 'token' ? asked.wish : asked;
};
const mistake = (...args: string[]): string | undefined => {
  const asked = parseTokenArguments(args);
  return asked.asks === 'nothing' ? asked.mistake : undefined;
};

describe('the arguments of reltio-token', () => {
  it('are all optional', () => {
    assert.deepEqual(wish(), { form: 'token', minTtl: 0 });
  });

  it('may all be there, in any order, with a blank or = before the value', () => {
    const all = { account: 'jane@acme.com', environment: 'dev', form: 'json', minTtl: 300 };
    assert.deepEqual(wish('--account', 'jane@acme.com', '--environment', 'dev', '--json', '--min-ttl', '300'), all);
    assert.deepEqual(wish('--json', '--min-ttl=300', '--environment=dev', '--account=jane@acme.com'), all);
  });

  it('leave a value as it is, whatever it contains', () => {
    for (const name of ['a=b', ' dev ', '-x', '', '日本', 'a\nb', '$(id)']) {
      assert.deepEqual(wish('--environment', `e${name}`), { environment: `e${name}`, form: 'token', minTtl: 0 });
    }
    assert.deepEqual(wish('--account=--json'), { account: '--json', form: 'token', minTtl: 0 });
    assert.deepEqual(wish('--account', '-1'), { account: '-1', form: 'token', minTtl: 0 });
  });

  it('name one form, once or twice', () => {
    assert.deepEqual(wish('--header', '--header'), { form: 'header', minTtl: 0 });
    assert.equal(mistake('--header', '--json'), 'Use either --header or --json.');
    assert.equal(mistake('--json=yes'), '--json takes no value.');
    assert.equal(mistake('--json='), '--json takes no value.');
  });

  it('ask for help anywhere, also beside a mistake', () => {
    for (const args of [['--help'], ['-h'], ['--json', '--help'], ['--bogus', '-h'], ['--account', '--help']]) {
      assert.deepEqual(parseTokenArguments(args), { asks: 'help' });
    }
  });

  it('need a value that is not empty and not the next option', () => {
    for (const option of ['--account', '--environment', '--min-ttl']) {
      for (const args of [[option], [option, ''], [option, ' '], [`${option}=`], [option, '--json']]) {
        assert.equal(mistake(...args), `${option} needs a value.`, args.join(' '));
      }
    }
  });

  it('want whole seconds', () => {
    assert.deepEqual(wish('--min-ttl', '0'), { form: 'token', minTtl: 0 });
    for (const text of ['-1', '1.5', '1e3', '0x10', '5m', '١', 'NaN', '1000000000', ' 300', '300\n']) {
      assert.equal(mistake(`--min-ttl=${text}`), '--min-ttl needs a whole number of seconds, such as 300.', text);
    }
  });

  it('are a mistake if one would be ignored', () => {
    assert.equal(mistake('--account', 'a', '--account', 'b'), '--account is there twice.');
    assert.equal(mistake('--min-ttl', '0', '--min-ttl', '60'), '--min-ttl is there twice.');
    assert.equal(mistake('dev'), 'This is not an option: "dev".');
    assert.equal(mistake(''), 'This is not an option: "".');
    assert.equal(mistake('-j'), 'There is no option -j.');
    assert.equal(mistake('--acount=jane'), 'There is no option --acount.');
    assert.equal(mistake('--Json'), 'There is no option --Json.');
    assert.equal(mistake('--', 'dev'), 'There is no option --.');
    assert.equal(mistake('--__proto__=x'), 'There is no option --__proto__.');
  });

  it('are quoted in part if they are long', () => {
    assert.equal(mistake('x'.repeat(10_000)), `This is not an option: "${'x'.repeat(60)}…".`);
  });
});
