import {
  inspectedSettings,
  personalSettings,
  presses,
  settingsTrouble,
  shownMessages,
  workspaceFiles,
} from '../../fakes/fakeVscode';
import { choices, lists } from '../../fakes/fakeQuickInput';
import assert from 'node:assert/strict';
import { isFailure } from '../../../src/core/base/failure';
import { importEnvironments } from '../../../src/features/environments/importEnvironments';
import { fakeHost } from '../../fakes/fakeHost';
import { settle } from '../../fakes/fakeClock';
import { RanCommands } from '../../fakes/ranCommands';
import { Installation } from '../../fakes/installation';

const key = 'reltioAuth.environments';
const ide = 'reltio.defaultEnvironments';

describe('Import Environments', () => {
  beforeEach(() => {
    personalSettings.clear();
    inspectedSettings.clear();
    workspaceFiles.clear();
    choices.length = lists.length = shownMessages.length = 0;
  });
  afterEach(() => {
    personalSettings.clear();
    inspectedSettings.clear();
    workspaceFiles.clear();
    delete settingsTrouble.write;
  });

  const run = async (...labels: string[]) => {
    choices.push(...labels);
    await importEnvironments(fakeHost(new Installation().alone().openCore()));
  };
  const offered = () => lists.at(-1)?.labels ?? [];
  const told = () => shownMessages.map(({ texts }) => texts[0]);
  const folder = (path: string) => workspaceFiles.set(path, 'folder');

  it('offers what the folders of a workspace name, each tenant with a name of its own', async () => {
    for (const path of [
      '/home/jane/app/.reltio/dev.reltio.com.reltio.environment/AcmeDev01.reltio.tenant',
      '/home/jane/app/.reltio/dev.reltio.com.reltio.environment/AcmeDev02.reltio.tenant',
      '/home/jane/app/.reltio/na07-prod.reltio.com.reltio.environment/AcmeProd.reltio.tenant',
      '/home/jane/app/.reltio/test.reltio.com.reltio.environment',
      '/home/jane/app/.reltio/mpe-01.reltio.com.reltio.environment/AcmeProd.reltio.tenant',
      '/home/jane/app/361.reltio.com.reltio.environment/Old01.reltio.tenant',
    ]) {
      folder(path);
    }
    workspaceFiles.set('/home/jane/app/.reltio/file.reltio.com.reltio.environment', 'file');
    await run('dev-AcmeDev02', 'na07-prod', 'mpe-01', '361');
    assert.deepEqual(offered(), ['dev', 'dev-AcmeDev02', 'na07-prod', 'test', 'mpe-01', '361']);
    assert.deepEqual(personalSettings.get(key), [
      { name: 'dev-AcmeDev02', url: 'https://dev.reltio.com', tenant: 'AcmeDev02' },
      { name: 'na07-prod', url: 'https://na07-prod.reltio.com', tenant: 'AcmeProd', production: true },
      { name: 'mpe-01', url: 'https://mpe-01.reltio.com', tenant: 'AcmeProd', production: true },
      { name: '361', url: 'https://361.reltio.com', tenant: 'Old01' },
    ]);
    assert.deepEqual(shownMessages.at(-1)?.texts, [
      'Added dev-AcmeDev02, na07-prod (production), mpe-01 (production), 361.',
      'Switch Environment',
    ]);
  });

  it('offers those of the setting of Reltio IDE, wherever it is set, and takes no token file', async () => {
    const entry = (host: string, tenantId: string) => ({ host, tenantId, tokenFile: '../../etc/passwd' });
    inspectedSettings.set(ide, {
      globalValue: [entry('dev.reltio.com', 'AcmeDev01')],
      workspaceValue: [entry('https://test.reltio.com/', 'AcmeTest01'), { host: 7 }, null, 'x'],
      workspaceFolderValue: 'nonsense',
    });
    await run('test');
    assert.deepEqual(offered(), ['dev', 'test']);
    assert.deepEqual(personalSettings.get(key), [
      { name: 'test', url: 'https://test.reltio.com', tenant: 'AcmeTest01' },
    ]);
    assert.deepEqual(shownMessages.at(-1)?.texts, ['Added test, which this workspace now uses.']);
  });

  it('offers to switch where another environment is in use', async () => {
    personalSettings.set(key, [{ name: 'stage', url: 'https://stage.reltio.com' }]);
    inspectedSettings.set(ide, { globalValue: [{ host: 'dev.reltio.com', tenantId: 'AcmeDev01' }] });
    const commands = new RanCommands();
    presses.push('Switch Environment');
    await run('dev');
    await settle();
    assert.deepEqual(shownMessages.at(-1)?.texts, ['Added dev.', 'Switch Environment']);
    assert.deepEqual(commands.take(), [['reltioAuth.switchEnvironment']]);
    commands.stop();
  });

  it('offers nothing that the settings have already, keeps them, and takes no name twice', async () => {
    const before = [
      { name: 'dev', url: 'https://dev.reltio.com', tenant: 'AcmeDev01' },
      { name: 'test', url: 'broken' },
    ];
    personalSettings.set(key, before);
    folder('/home/jane/app/.reltio/dev.reltio.com.reltio.environment/AcmeDev01.reltio.tenant');
    folder('/home/jane/app/.reltio/test.reltio.com.reltio.environment');
    await run('test-2');
    assert.deepEqual(offered(), ['test-2']);
    assert.deepEqual(personalSettings.get(key), [...before, { name: 'test-2', url: 'https://test.reltio.com' }]);
    await run();
    assert.equal(told().at(-1), 'Every environment that was found is in your settings already.');
  });

  it('takes every tenant of a host as production if the user has called one so', async () => {
    const prod = { name: 'live', url: 'https://na07.reltio.com', tenant: 'Acme01', production: true };
    personalSettings.set(key, [prod]);
    folder('/home/jane/app/.reltio/na07.reltio.com.reltio.environment/Acme02.reltio.tenant');
    await run('na07');
    assert.deepEqual(personalSettings.get(key), [
      prod,
      { name: 'na07', url: 'https://na07.reltio.com', tenant: 'Acme02', production: true },
    ]);
  });

  it('offers no port of this computer: a workspace may bring the program that listens there', async () => {
    folder('/home/jane/app/.reltio/localhost:8899.reltio.environment/AcmeDev01.reltio.tenant');
    inspectedSettings.set(ide, { workspaceValue: [{ host: 'http://127.0.0.1:1' }, { host: 'https://[::1]:2' }] });
    await run();
    assert.deepEqual(offered(), []);
    assert.match(told()[0] ?? '', /^Not offered: "localhost:8899": This address is on this computer.* \(and 2 more\)$/);
    assert.equal(personalSettings.get(key), undefined);
  });

  it('adds nothing unless the user picks: Enter alone, or Escape', async () => {
    folder('/home/jane/app/.reltio/dev.reltio.com.reltio.environment');
    await run();
    await run('<nothing>');
    assert.equal(personalSettings.get(key), undefined);
    assert.deepEqual(told(), []);
  });

  it('says what it cannot offer, as plain text', async () => {
    folder('/home/jane/app/.reltio/evil.example.reltio.environment/AcmeDev01.reltio.tenant');
    folder('/home/jane/app/.reltio/$(x).reltio.environment');
    inspectedSettings.set(ide, { workspaceValue: [{ host: 'dev.reltio.com', tenantId: '../../oauth/token' }] });
    await run();
    assert.equal(lists.length, 0);
    assert.equal(told().length, 1);
    assert.match(told()[0] ?? '', /^Not offered: .* \(and 2 more\)$/);
    assert.doesNotMatch(told()[0] ?? '', /\$\(/);
  });

  it('says so where there is nothing', async () => {
    await run();
    assert.match(told()[0] ?? '', /^No environments were found/);
    assert.equal(shownMessages[0]?.texts[1], 'Add Environment');
  });

  it('says so if VS Code does not write', async () => {
    folder('/home/jane/app/.reltio/dev.reltio.com.reltio.environment');
    settingsTrouble.write = new Error('dirty');
    await assert.rejects(run('dev'), (error: unknown) => isFailure(error) && error.code === 'settingsNotWritten');
  });

  it('stays quick and bounded with thousands of folders', async () => {
    for (let index = 0; index < 3_000; index += 1) {
      folder(`/home/jane/app/.reltio/e${index}.reltio.com.reltio.environment`);
    }
    await run();
    assert.equal(offered().length, 500);
  });

  it('stays quick and bounded with thousands of tenants in each of many environments', async () => {
    for (let index = 0; index < 30_000; index += 1) {
      folder(`/home/jane/app/.reltio/e${index % 100}.reltio.com.reltio.environment/t${index}.reltio.tenant`);
    }
    await run();
    assert.equal(offered().length, 500);
  });

  it('refuses a host of any length at once', async () => {
    inspectedSettings.set(ide, { workspaceValue: [{ host: `a${'"'.repeat(300_000)}x` }] });
    const before = performance.now();
    await run();
    assert.ok(performance.now() - before < 1_000);
    assert.match(told().join(), /^Not offered: "a"+…": This is not an address/);
  });
});
