import assert from 'node:assert/strict';
import { getPublicSuffix } from 'tldts';
import { exceptionsRoot, rulesRoot } from 'tldts/dist/es6/src/data/trie.js';
import { namesBelow, publicSuffixes, writtenPublicSuffixes } from '../../../scripts/docs/publicSuffixes';
import { hasPublicSuffixBelow, isListed } from '../../../src/core/trust/publicSuffix';
import { listedItem } from '../../../src/core/trust/suffixList';

describe('the public suffix list', () => {
  const rules = [...new Set(namesBelow(rulesRoot))];
  /** A few hundred names from everywhere in it. */
  const some = rules.filter((_, index) => index % 37 === 0);

  it('is that of tldts: npm run docs', () => {
    assert.equal(writtenPublicSuffixes(), publicSuffixes());
  });

  it('has every rule with a dot, and no other', () => {
    const wanted = [...rules, ...namesBelow(exceptionsRoot).map((name) => `!${name}`)].filter((name) =>
      name.includes('.'),
    );
    assert.ok(wanted.length > 9_000);
    assert.deepEqual(readRules(JSON.parse(writtenPublicSuffixes()) as string).sort(), wanted.sort());
  });

  it('says the same as tldts of its own names, of those below and of those above', () => {
    const names = some.flatMap((rule) => {
      const name = rule.replace('*', 'somewhere');
      return [name, `acme.${name}`, name.slice(name.indexOf('.') + 1), `x${name}`];
    });
    assert.ok(names.length > 1_000);
    for (const name of names) {
      assert.equal(isListed(name), getPublicSuffix(name, { allowPrivateDomains: true }) === name, name);
    }
  });

  it('knows the exceptions, and what has something below', () => {
    for (const name of namesBelow(exceptionsRoot)) {
      assert.ok(!isListed(name) && !hasPublicSuffixBelow(name), name);
      assert.ok(hasPublicSuffixBelow(name.slice(name.indexOf('.') + 1)), name);
    }
    for (const name of some.filter((rule) => /\..*\./.test(rule))) {
      assert.ok(hasPublicSuffixBelow(name.slice(name.indexOf('.') + 1)), name);
    }
  });

  it('finds no label that only looks like one', () => {
    for (const label of ['', 'co,ac', 'uk(', 'uk[', 'uk)', 'constructor', 'c', '!www', '"']) {
      assert.equal(listedItem(label, 0), undefined, label);
    }
    for (const name of ['', '.', '.uk', 'co.uk.', '..', 'www.ck)', 'CO.UK']) {
      assert.ok(!isListed(name), name);
    }
  });
});

/** The rules of the list in the form of publicsuffix.org, read in another way than src reads them. */
function readRules(list: string): string[] {
  const rules: string[] = [];
  const above: string[] = [];
  for (const [, label = '', mark] of list.matchAll(/([^,([)]*)([,([)]|$)/g)) {
    const name = [label, ...above].join('.');
    if (label !== '' && mark !== '[' && name.includes('.')) {
      rules.push(name);
    }
    if (mark === '(' || mark === '[') above.unshift(label);
    if (mark === ')') above.shift();
  }
  return rules;
}
