import { inspectedSettings } from '../../fakes/fakeVscode';
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readNetworkSettings } from '../../../src/editor/settings/networkConfiguration';
import { PersonalSettings, personalValue, type InspectedSetting } from '../../../src/editor/settings/personalSettings';

describe("the user's value of a setting", () => {
  const table: [what: string, inspected: InspectedSetting | undefined, onUi: unknown, onWorkspace: unknown][] = [
    ['a setting that VS Code does not know', undefined, undefined, undefined],
    ['the default', { defaultValue: 'default' }, undefined, undefined],
    ['a local window', { defaultValue: 'default', globalValue: 'mine', globalLocalValue: 'mine' }, 'mine', 'mine'],
    [
      'a remote window whose remote has another value',
      { globalValue: 'remote', globalLocalValue: 'mine', globalRemoteValue: 'remote' },
      'mine',
      'remote',
    ],
    ['a value of the remote only', { globalValue: 'remote', globalRemoteValue: 'remote' }, undefined, 'remote'],
    ['a value for all profiles, or no local value in this VS Code', { globalValue: 'mine' }, 'mine', 'mine'],
    [
      'a workspace that has its own',
      { globalValue: 'mine', globalLocalValue: 'mine', workspaceValue: 'theirs', workspaceFolderValue: 'theirs' },
      'mine',
      'mine',
    ],
    ['a workspace only', { defaultValue: 'default', workspaceValue: 'theirs' }, undefined, undefined],
    [
      'a local value that says no',
      { globalValue: true, globalLocalValue: false, globalRemoteValue: true },
      false,
      true,
    ],
    [
      'an empty local value',
      { globalValue: 'remote', globalLocalValue: '', globalRemoteValue: 'remote' },
      '',
      'remote',
    ],
    ['null, which counts as none', { globalValue: null, globalLocalValue: null }, undefined, undefined],
    [
      'null here and a value of the remote',
      { globalValue: 'remote', globalLocalValue: null, globalRemoteValue: 'remote' },
      undefined,
      'remote',
    ],
  ];
  for (const [what, inspected, onUi, onWorkspace] of table) {
    it(`${what}: ${String(onUi)} beside the user, ${String(onWorkspace)} at the remote`, () => {
      assert.equal(personalValue(inspected, 'ui'), onUi);
      assert.equal(personalValue(inspected, 'workspace'), onWorkspace);
    });
  }
});

describe('the personal settings', () => {
  const proxy = (inspected: InspectedSetting): void => {
    inspectedSettings.set('http.proxy', inspected);
  };
  afterEach(() => {
    inspectedSettings.clear();
  });

  it('of a window over SSH are those of the computer that the extension runs on', () => {
    proxy({ defaultValue: '', globalValue: 'remote', globalLocalValue: 'mine', globalRemoteValue: 'remote' });
    assert.equal(new PersonalSettings('ui').read('http.proxy'), 'mine');
    assert.equal(new PersonalSettings('workspace').read('http.proxy'), 'remote');
  });

  it('fall back to the default, never to what is set for the other side or the workspace', () => {
    proxy({ defaultValue: 'default', globalValue: 'r', globalRemoteValue: 'r', workspaceValue: 'theirs' });
    const settings = new PersonalSettings('ui');
    assert.equal(settings.read('http.proxy'), 'default');
    assert.equal(settings.isSet('http.proxy'), false);
    assert.equal(new PersonalSettings('workspace').isSet('http.proxy'), true);
  });

  it('have no value if VS Code has none', () => {
    assert.equal(new PersonalSettings('ui').read('http.proxy'), undefined);
  });

  it('decide which proxy carries the tokens', () => {
    proxy({
      globalValue: 'http://proxy.remote.example',
      globalLocalValue: 'http://proxy.acme.com',
      globalRemoteValue: 'http://proxy.remote.example',
    });
    assert.equal(readNetworkSettings(new PersonalSettings('ui')).proxy, 'http://proxy.acme.com');
    assert.equal(readNetworkSettings(new PersonalSettings('workspace')).proxy, 'http://proxy.remote.example');
  });

  it('are read in one place', () => {
    const src = join(__dirname, '../../../src');
    const readers = readdirSync(src, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts'))
      .filter((file) =>
        /\.inspect[<(]|getConfiguration\([^)]*\)\s*\.get\b/.test(readFileSync(join(src, file), 'utf8')),
      );
    assert.deepEqual(readers, [join('editor', 'settings', 'personalSettings.ts')]);
  });
});
