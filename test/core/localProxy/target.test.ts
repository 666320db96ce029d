import assert from 'node:assert/strict';
import fc from 'fast-check';
import { admit, isRefusal } from '../../../src/core/localProxy/admission';
import { checkedTarget, decodedName, upstreamUrl } from '../../../src/core/localProxy/target';

const environment = 'https://dev.reltio.com';

describe('the path and query that are sent to an environment', () => {
  const sent: Readonly<Record<string, string>> = {
    '': '/',
    '/': '/',
    '/reltio/api/t1/entities/0a': '/reltio/api/t1/entities/0a',
    '//x': '//x',
    '//attacker.example/x': '//attacker.example/x',
    '///': '///',
    '/@attacker.example': '/@attacker.example',
    '/:80': '/:80',
    '/http://attacker.example/': '/http://attacker.example/',
    '/entities%2F0a%2fb': '/entities%2F0a%2fb',
    '/a%5Cb': '/a%5Cb',
    '/a%20b': '/a%20b',
    '/%E4%BD%A0': '/%E4%BD%A0',
    '/100%': '/100%',
    '/a/./b/../c': '/a/c',
    '/a/%2e%2E/b': '/b',
    '/a/b/..': '/a/',
    '/a/..%2fb': '/a/..%2fb',
    '/...': '/...',
    '/..x': '/..x',
    '/a..': '/a..',
    '/a;v=..': '/a;v=..',
    '/a{b}': '/a%7Bb%7D',
  };
  for (const [path, expected] of Object.entries(sent)) {
    it(`${path} → ${expected}`, () => {
      assert.equal(checkedTarget(path, ''), expected);
      assert.equal(upstreamUrl(environment, expected), environment + expected);
    });
  }

  it('keep a query, whatever is encoded in it', () => {
    assert.equal(
      checkedTarget('/x', "?filter=equals(a,'b')&p=/../..%2f\\%00"),
      '/x?filter=equals(a,%27b%27)&p=/../..%2f\\%00',
    );
    assert.equal(checkedTarget('', '?a?b'), '/?a?b');
    assert.equal(checkedTarget('/x', '?'), '/x');
  });

  describe('are refused if they could lead out of the environment, or contain what must be encoded:', () => {
    const refused = [
      ['/..'],
      ['/../x'],
      ['/a/../../b'],
      ['/a/../../a/b'],
      ['/./../x'],
      ['//../x'],
      ['/%2e%2e/x'],
      ['/%2E./x'],
      ['/.%2e/x'],
      ['/..%2fx'],
      ['/%2e%2e%2fx'],
      ['/a%2f..%2f..%2fx'],
      ['/a/..%2f../x'],
      ['/..%5cx'],
      ['/a%5c..%5c..%5cx'],
      ['/..;/x'],
      ['/a/..;v=1/..;/x'],
      ['/..%3b/x'],
      ['/%252e%252e/x'],
      ['/%252e%252e%252fx'],
      ['/a%252f..%252f..%252fx'],
      ['/..\\x'],
      ['/\\attacker.example'],
      ['/a\\b'],
      ['/a b'],
      ['/a\tb'],
      ['/a\r\nHost: x'],
      ['/a\0'],
      ['/a\x7f'],
      ['/%00'],
      ['/%0d%0aX'],
      ['/%7F'],
      ['/ü'],
      ['/a#b'],
      ['x'],
      ['@attacker.example'],
      ['.attacker.example'],
      [':80'],
      ['/x', '?a#b'],
      ['/x', '?a b'],
      ['/x', '?a\nb'],
      ['/x', '?ü'],
    ];
    for (const [path = '', query = ''] of refused) {
      it(JSON.stringify(path + query), () => {
        assert.equal(checkedTarget(path, query), undefined);
      });
    }
  });

  it('lead to the environment, or nowhere', () => {
    for (const target of [
      '',
      'x',
      '@attacker.example/',
      '.attacker.example',
      ':80/',
      '//x/../..',
      '/a/../b',
      '/\\x',
      '/ ',
      '/#',
    ]) {
      assert.throws(() => upstreamUrl(environment, target), TypeError, target);
    }
  });
});

describe('the name of an environment in a path', () => {
  it('is decoded once', () => {
    assert.equal(decodedName('dev'), 'dev');
    assert.equal(decodedName('D%C3%A9v%20%231%2525'), 'Dév #1%25');
    assert.equal(decodedName(''), '');
  });

  it('is none if it climbs or cannot be decoded', () => {
    const names = [
      '.',
      '..',
      '%2e',
      '%2E%2e',
      '..%2fx',
      'x%2f..',
      'x%5c..%5cy',
      'a\\b',
      'a#',
      'a b',
      'ü',
      '%',
      '%zz',
      '%c0%ae',
      '%00',
    ];
    for (const name of names) assert.equal(decodedName(name), undefined, name);
  });
});

describe('whatever a client sends as target', () => {
  const key = 'k'.repeat(43);
  const piece = fc.oneof(
    {
      weight: 6,
      arbitrary: fc.constantFrom(
        '/',
        '..',
        '.',
        '%2e',
        '%2E',
        '%2f',
        '%5c',
        '%252e',
        '%25',
        ';',
        '?',
        '#',
        '\\',
        '@',
        ':',
        '//',
        '%',
        '\t',
        ' ',
        '%00',
        'dev',
        'a',
        'http:',
        key,
      ),
    },
    { weight: 2, arbitrary: fc.string({ minLength: 1, maxLength: 4, unit: 'binary' }) },
    { weight: 1, arbitrary: fc.webPath() },
  );
  const targets = fc
    .tuple(fc.constantFrom(`/${key}/dev`, `/${key}/`, `/${key}`, '/', ''), fc.array(piece, { maxLength: 12 }))
    .map(([start, pieces]) => start + pieces.join(''));

  it('what is admitted leads to the origin of the environment, by the path that was admitted', () => {
    fc.assert(
      fc.property(
        targets,
        fc.constantFrom(environment, 'http://127.0.0.1:8899', 'https://x.example:444'),
        (url, origin) => {
          const head = { method: 'GET', url, httpVersion: '1.1', rawHeaders: ['Host', '127.0.0.1:1'] };
          const admission = admit(head, 1, (candidate) => candidate === key);
          if (isRefusal(admission)) return;
          const sent = new URL(upstreamUrl(origin, admission.target));
          assert.equal(sent.origin, origin);
          assert.equal(sent.pathname + sent.search, admission.target);
          assert.equal(sent.username + sent.password + sent.hash, '');
          assert.ok(!/[^\x21-\x7e]/.test(admission.target));
          assert.ok(url.startsWith(`/${key}`));
        },
      ),
      { numRuns: 3_000 },
    );
  });

  it('no decoding of what is admitted climbs out of the environment', () => {
    fc.assert(
      fc.property(targets, (url) => {
        const [path = '', ...query] = url.split('?');
        const target = checkedTarget(path, query.length > 0 ? `?${query.join('?')}` : '');
        if (target === undefined) return;
        let [reading = ''] = target.split('?');
        for (let times = 0; times < 3; times += 1) {
          const steps = reading.split(/[/\\]+/).filter((step) => step !== '' && step !== '.');
          let lowest = 0;
          steps.reduce((at, step) => {
            const next = at + (step === '..' ? -1 : 1);
            lowest = Math.min(lowest, next);
            return next;
          }, 0);
          assert.equal(lowest, 0, reading);
          reading = reading.replace(/%([0-9a-f]{2})/gi, (_all, code: string) =>
            String.fromCharCode(Number.parseInt(code, 16)),
          );
        }
      }),
      { numRuns: 3_000 },
    );
  });
});
