import { inspectedSettings, personalSettings, settingsTrouble } from '../../fakes/fakeVscode';
import assert from 'node:assert/strict';
import { PersonalSettings } from '../../../src/editor/settings/personalSettings';
import { Settings } from '../../../src/editor/settings/settings';

describe('the settings', () => {
  let settings: Settings;
  beforeEach(() => {
    settings = new Settings(new PersonalSettings('ui'));
  });
  afterEach(() => {
    settings.dispose();
    personalSettings.clear();
    inspectedSettings.clear();
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

  it('are those of this computer, even if the remote machine of the window has others', async () => {
    inspectedSettings.set('reltioAuth.trustedHosts', {
      globalValue: ['evil.example'],
      globalLocalValue: ['acme.example'],
      globalRemoteValue: ['evil.example'],
    });
    inspectedSettings.set('reltioAuth.refreshTokenDays', { globalValue: 3, globalRemoteValue: 3, defaultValue: 28 });
    assert.deepEqual((await settings.read()).trusted, ['acme.example']);
    assert.equal(settings.value('refreshTokenDays'), 28);
  });
});
