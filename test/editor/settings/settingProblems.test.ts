import { shownMessages } from '../../fakes/fakeVscode';
import assert from 'node:assert/strict';
import { SettingProblems } from '../../../src/editor/settings/settingProblems';

describe('what is wrong with the settings', () => {
  let problems: string[];
  let settings: SettingProblems;
  beforeEach(() => {
    shownMessages.length = 0;
    problems = [];
    settings = new SettingProblems(() => Promise.resolve({ problems }));
  });
  const sentences = () => shownMessages.map(({ texts: [sentence] }) => sentence);

  it('is shown at each sign-in', async () => {
    problems = ['"dev" has no address.'];
    await settings.showAll();
    await settings.showAll();
    assert.deepEqual(shownMessages, [
      { how: 'warning', texts: ['"dev" has no address.', 'Open Settings'] },
      { how: 'warning', texts: ['"dev" has no address.', 'Open Settings'] },
    ]);
  });

  it('is shown in one message, however many problems there are', async () => {
    problems = ['"dev" has no address.', '"prod" has no address.', 'One host is not trusted.'];
    await settings.showAll();
    assert.deepEqual(sentences(), ['"dev" has no address. (and 2 more: run "Reltio: Diagnose Sign-In")']);
  });

  it('is shown after a change if it is new, with the new problems first', async () => {
    problems = ['"dev" has no address.'];
    await settings.showNew();
    await settings.showNew();
    problems = ['"dev" has no address.', '"prod" has no address.'];
    await settings.showNew();
    problems = ['"dev" has no address.'];
    await settings.showNew();
    assert.deepEqual(sentences(), [
      '"dev" has no address.',
      '"prod" has no address. (and 1 more: run "Reltio: Diagnose Sign-In")',
    ]);
  });

  it('is not shown if nothing is wrong', async () => {
    await settings.showAll();
    await settings.showNew();
    assert.deepEqual(shownMessages, []);
  });
});
