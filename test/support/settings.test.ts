import { personalSettings, settingsTrouble } from '../provider/fakeVscode';
import assert from 'node:assert/strict';
import { Settings } from '../../src/support/settings';

describe('the settings', () => {
  let settings: Settings;
  beforeEach(() => {
    settings = new Settings();
  });
  afterEach(() => {
    settings.dispose();
    personalSettings.clear();
    delete settingsTrouble.error;
  });

  it('are read once', async () => {
    assert.equal(await settings.read(), await settings.read());
  });

  it('are read again after a reading that failed', async () => {
    settingsTrouble.error = new Error('a bundle file is gone');
    await assert.rejects(settings.read(), settingsTrouble.error);
    delete settingsTrouble.error;
    personalSettings.set('reltioAuth.environments', [{ name: 'dev', url: 'https://dev.reltio.com' }]);
    assert.deepEqual(
      (await settings.read()).environments.map(({ name }) => name),
      ['dev'],
    );
  });
});
