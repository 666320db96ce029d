import assert from 'node:assert/strict';
import { simpleSetting, simpleSettingFaults } from '../../../src/editor/settings/simpleSettings';

const faults = (values: Readonly<Record<string, unknown>>): readonly string[] =>
  simpleSettingFaults((name) => values[name]).map(({ message }) => message);

describe('simple settings', () => {
  it('are used as they are, and nothing is reported if nothing is set', () => {
    assert.deepEqual(faults({}), []);
    assert.deepEqual(faults({ refreshTokenDays: 14, refresh: 'keepAlive', 'clipboard.clearAfterSeconds': 0 }), []);
    assert.equal(simpleSetting('refreshTokenDays', 14), 14);
    assert.equal(simpleSetting('statusBar.click', 'refresh'), 'refresh');
  });

  it('say which values are valid, and which one is used instead of an invalid one', () => {
    assert.deepEqual(
      faults({
        refreshTokenDays: -5,
        refresh: 'always',
        'statusBar.click': 'dance',
        'clipboard.clearAfterSeconds': 'abc',
        'clipboard.confirm': 'yes',
      }),
      [
        'reltioAuth.refresh must be "onDemand" or "keepAlive"; "onDemand" is used.',
        'reltioAuth.refreshTokenDays must be a number from 1 to 3650; 28 is used.',
        'reltioAuth.statusBar.click must be "menu" or "refresh"; "menu" is used.',
        'reltioAuth.clipboard.clearAfterSeconds must be a number from 0 to 86400; 60 is used.',
        'reltioAuth.clipboard.confirm must be true or false; true is used.',
      ],
    );
    assert.equal(simpleSetting('refreshTokenDays', -5), 28);
    assert.equal(simpleSetting('clipboard.clearAfterSeconds', 'abc'), 60);
    assert.equal(simpleSetting('clipboard.confirm', 'yes'), true, 'a precaution is on where its value makes no sense');
    assert.equal(simpleSetting('clipboard.confirm', false), false);
    assert.equal(simpleSetting('clipboard.confirm', undefined), false);
    assert.equal(simpleSetting('refresh', null), 'onDemand');
  });

  it('take whole numbers only for a port', () => {
    for (const port of [0, 1, 65_535]) {
      assert.deepEqual(faults({ 'localProxy.port': port }), []);
      assert.equal(simpleSetting('localProxy.port', port), port);
    }
    for (const port of [4711.5, -1, 65_536, '4711', null, NaN, Infinity]) {
      assert.deepEqual(faults({ 'localProxy.port': port }), [
        'reltioAuth.localProxy.port must be a whole number from 0 to 65535; 0 is used.',
      ]);
      assert.equal(simpleSetting('localProxy.port', port), 0);
    }
  });
});
