import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { rules, simpleSetting, simpleSettingFaults, type Rule } from '../../../src/editor/settings/simpleSettings';

interface Property {
  readonly default?: unknown;
  readonly enum?: readonly string[];
  readonly minimum?: number;
  readonly maximum?: number;
}
const manifest = JSON.parse(readFileSync(join(__dirname, '../../../package.json'), 'utf8')) as {
  readonly contributes: { readonly configuration: { readonly properties: Readonly<Record<string, Property>> } };
};
const faults = (values: Readonly<Record<string, unknown>>): readonly string[] =>
  simpleSettingFaults((name) => values[name]).map(({ says }) => says);

describe('settings of one value', () => {
  it('are taken as they are, and no word is said where nothing is set', () => {
    assert.deepEqual(faults({}), []);
    assert.deepEqual(faults({ refreshTokenDays: 14, refresh: 'keepAlive', 'clipboard.clearAfterSeconds': 0 }), []);
    assert.equal(simpleSetting('refreshTokenDays', 14), 14);
    assert.equal(simpleSetting('statusBar.click', 'refresh'), 'refresh');
  });

  it('say what they must be and what counts instead when they are something else', () => {
    assert.deepEqual(
      faults({
        refreshTokenDays: -5,
        refresh: 'always',
        'statusBar.click': 'dance',
        'clipboard.clearAfterSeconds': 'abc',
        'clipboard.confirm': 'yes',
      }),
      [
        'reltioAuth.refreshTokenDays must be a number from 1 to 3650; 28 is used.',
        'reltioAuth.refresh must be "onDemand" or "keepAlive"; "onDemand" is used.',
        'reltioAuth.statusBar.click must be "menu" or "refresh"; "menu" is used.',
        'reltioAuth.clipboard.clearAfterSeconds must be a number from 0 to 86400; 60 is used.',
        'reltioAuth.clipboard.confirm must be true or false; true is used.',
      ],
    );
    assert.equal(simpleSetting('refreshTokenDays', -5), 28);
    assert.equal(simpleSetting('clipboard.clearAfterSeconds', 'abc'), 60);
    assert.equal(simpleSetting('clipboard.confirm', 'yes'), true, 'who asks for a precaution gets it');
    assert.equal(simpleSetting('clipboard.confirm', false), false);
    assert.equal(simpleSetting('clipboard.confirm', undefined), false);
    assert.equal(simpleSetting('refresh', null), 'onDemand');
  });

  it('have the limits and defaults that the settings editor shows', () => {
    const { properties } = manifest.contributes.configuration;
    for (const [name, rule] of Object.entries<Rule>(rules)) {
      const shown = properties[`reltioAuth.${name}`];
      if ('isPrecaution' in rule) {
        assert.equal(shown?.default, false, name);
        continue;
      }
      assert.equal(shown?.default, rule.otherwise, name);
      if ('among' in rule) assert.deepEqual(shown?.enum, rule.among);
      else assert.deepEqual([shown?.minimum, shown?.maximum], [rule.least, rule.most]);
    }
  });
});
