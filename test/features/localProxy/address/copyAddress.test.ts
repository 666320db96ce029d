import { commandHandlers, personalSettings, shownMessages, workspaceTrust } from '../../../fakes/fakeVscode';
import '../../../fakes/fakeQuickInput';
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { removeFolder, temporaryFolder } from '../../../../scripts/process/folders';
import { isFailure } from '../../../../src/core/base/failure';
import type { Host } from '../../../../src/editor/host';
import { logLine } from '../../../../src/editor/log';
import { copyAddress } from '../../../../src/features/localProxy/address/copyAddress';
import { WindowProxy } from '../../../../src/features/localProxy/windowProxy';
import { fakeHost } from '../../../fakes/fakeHost';
import { FakeLocalProxy } from '../../../fakes/fakeLocalProxy';
import { Installation, type TestCore } from '../../../fakes/installation';
import { jane } from '../../../fakes/sampleSession';
import { goBack, scriptedPrompt } from '../../../fakes/scriptedPrompt';

const key = 'k3y-_'.padEnd(43, 'x');
const rejectsWith = (code: string) => (error: unknown) => isFailure(error) && error.code === code;

describe('Copy Local Proxy Address', () => {
  let shared: Installation;
  let core: TestCore;
  let localProxy: FakeLocalProxy;
  let copied: string[];
  let prompt: ReturnType<typeof scriptedPrompt>;
  const run = async (answers: readonly string[], changes: Partial<Host> = {}): Promise<unknown> => {
    prompt = scriptedPrompt(answers);
    const host = fakeHost(core, {
      loadPrompt: () => Promise.resolve(prompt),
      copyText: (text) => Promise.resolve(void copied.push(text)),
      ...changes,
    });
    const proxy = new WindowProxy({
      localProxy,
      key: { get: () => Promise.resolve(key), replace: () => Promise.resolve(), announce: () => Promise.resolve() },
      core: core.real,
      host,
    });
    return await copyAddress(proxy, core.real, host);
  };
  const logged = (): string => shared.log.lines.map(({ event, fields }) => logLine(event, fields)).join('\n');
  const lastMessage = (): (typeof shownMessages)[number] | undefined => shownMessages.at(-1);

  beforeEach(async () => {
    shared = new Installation().alone();
    core = shared.openCore();
    await core.holds();
    localProxy = new FakeLocalProxy();
    localProxy.become({ kind: 'here', port: 4711, since: 0 }, { agreed: true, wanted: true, port: 4711 });
    shared.log.lines.length = 0;
    copied = [];
    shownMessages.length = 0;
    personalSettings.clear();
    personalSettings.set('reltioAuth.environments', [
      { name: 'live', url: 'https://live.reltio.com', production: true },
      { name: 'EU (2)', url: 'https://eu.reltio.com' },
      { name: 'dev', url: 'https://dev.reltio.com' },
    ]);
  });
  afterEach(() => {
    personalSettings.clear();
    workspaceTrust.isTrusted = true;
  });

  it('copies the form that the user picks, says as whom requests act, and returns nothing', async () => {
    assert.equal(await run(['dev', 'Address']), undefined);
    await run(['EU', '@baseUrl']);
    await run(['live', 'RELTIO_URL']);
    assert.deepEqual(copied, [
      `http://127.0.0.1:4711/${key}/dev`,
      `@baseUrl = http://127.0.0.1:4711/${key}/EU%20%282%29`,
      ` export RELTIO_URL='http://127.0.0.1:4711/${key}/live'`,
    ]);
    assert.deepEqual(
      shownMessages.map(({ how, texts }) => `${how}: ${texts.join('|')}`),
      [
        'information: Address copied: requests to dev act as jane@acme.com (auth.reltio.com).',
        'information: @baseUrl copied: requests to EU (2) act as jane@acme.com (auth.reltio.com).',
        'information: RELTIO_URL copied: requests to live (production) act as jane@acme.com (auth.reltio.com). ' +
          'Changes wait for your yes in VS Code.',
      ],
    );
  });

  it('lists each environment with its account, and never the key', async () => {
    await run(['dev', 'Address']);
    const [environments, forms] = prompt.asked;
    assert.match(environments?.items[0] ?? '', /^EU \(2\): jane@acme\.com \(auth\.reltio\.com\)$/);
    assert.match(environments?.items.join() ?? '', /live: jane@acme\.com \(auth\.reltio\.com\) · production/);
    assert.match(forms?.items[0] ?? '', /^Address: http:\/\/127\.0\.0\.1:4711\/…\/dev$/);
    assert.ok(!JSON.stringify([prompt.asked, shownMessages, logged()]).includes(key));
  });

  it('warns where tools would send the key to a proxy of the network', async () => {
    await run(['dev', 'Address'], { env: { http_proxy: 'http://proxy.acme.com:8080' } });
    assert.match(lastMessage()?.texts[0] ?? '', /Set NO_PROXY=127\.0\.0\.1 for your tools/);
  });

  it('writes one line to the log for each copy', async () => {
    await run(['dev', 'Address']);
    assert.equal(logged(), 'local proxy: address copied environment=dev form=address');
  });

  it('goes back to the environments, where the one before is selected', async () => {
    await run(['dev', goBack, 'EU', 'Address']);
    assert.equal(prompt.asked[2]?.selected, 'dev');
    assert.deepEqual(copied, [`http://127.0.0.1:4711/${key}/EU%20%282%29`]);
  });

  it('starts the proxy after the same question as Start, and copies nothing after a no', async () => {
    localProxy = new FakeLocalProxy();
    await run(['Start', 'dev', 'Address']);
    assert.equal(prompt.asked[0]?.question, 'Start the local proxy?');
    assert.equal(copied.length, 1);
    localProxy = new FakeLocalProxy();
    await assert.rejects(run(['Do Not Start']), rejectsWith('cancelled'));
    assert.equal(copied.length, 1);
  });

  it('copies nothing in a window without the focus or without trust, and asks nothing there', async () => {
    await assert.rejects(run(['dev', 'Address'], { isFocused: () => false }), rejectsWith('windowNotFocused'));
    workspaceTrust.isTrusted = false;
    await assert.rejects(run(['dev', 'Address']), rejectsWith('workspaceNotTrusted'));
    assert.deepEqual([copied, prompt.asked], [[], []]);
  });

  it('copies nothing if the user leaves either list', async () => {
    for (const answers of [[], ['dev']]) {
      await assert.rejects(run(answers), rejectsWith('cancelled'));
    }
    assert.deepEqual([copied, shownMessages, logged()], [[], [], '']);
  });

  it('starts nothing while there is no environment, and leads to adding one', async () => {
    personalSettings.set('reltioAuth.environments', [
      { name: 'live', url: 'https://live.reltio.com', production: true },
    ]);
    let added = 0;
    commandHandlers.set('reltioAuth.addEnvironment', () => (added += 1));
    await run(['Add an environment']);
    commandHandlers.delete('reltioAuth.addEnvironment');
    assert.deepEqual([added, copied], [1, []]);
    personalSettings.clear();
    localProxy = new FakeLocalProxy();
    await assert.rejects(run([]), rejectsWith('noEnvironment'));
    assert.ok(!localProxy.calls.includes('start'));
  });

  it('warns if several accounts fit and none is in use, or none fits, and offers what helps', async () => {
    await core.holds({ id: 'omar', account: { ...jane, user: 'omar@acme.com' } });
    await run(['dev', 'Address']);
    assert.equal(lastMessage()?.how, 'warning');
    assert.equal(lastMessage()?.texts[1], 'Switch Account');
    core = new Installation().alone().openCore();
    await run(['dev', 'Address']);
    assert.match(
      lastMessage()?.texts.join('|') ?? '',
      /nobody is signed in for dev at auth\.reltio\.com yet.*\|Sign In$/,
    );
  });

  it('saves the environment for Postman where the user says, and copies nothing', async () => {
    const folder = temporaryFolder('postman');
    const path = join(folder, 'chosen.json');
    const { showSaveDialog } = vscode.window;
    Object.assign(vscode.Uri, { file: (fsPath: string) => ({ scheme: 'file', fsPath }) });
    let place: string | undefined = path;
    Object.assign(vscode.window, {
      showSaveDialog: () => Promise.resolve(place && { scheme: 'file', fsPath: place }),
    });
    try {
      await run(['dev', 'Postman']);
      assert.match(readFileSync(path, 'utf8'), new RegExp(key));
      assert.match(lastMessage()?.texts[0] ?? '', /^File saved: requests to dev act as .*do not share or commit it\.$/);
      place = undefined;
      await assert.rejects(run(['dev', 'Postman']), rejectsWith('cancelled'));
      place = join(folder, 'gone', 'x.json');
      await assert.rejects(run(['dev', 'Postman']), rejectsWith('fileNotSaved'));
    } finally {
      Object.assign(vscode.window, { showSaveDialog });
      removeFolder(folder);
    }
    assert.deepEqual(copied, []);
  });
});
