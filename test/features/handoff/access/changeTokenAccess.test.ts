import { personalSettings, presses, remote, shownMessages, workspaceTrust } from '../../../fakes/fakeVscode';
import assert from 'node:assert/strict';
import { isFailure } from '../../../../src/core/base/failure';
import type { Host } from '../../../../src/editor/host';
import { extensionId } from '../../../../src/editor/messages/extensionId';
import { changeTokenAccess } from '../../../../src/features/handoff/access/changeTokenAccess';
import { tokenAccess, type TokenAccess } from '../../../../src/features/handoff/access/tokenAccess';
import { fakeHost } from '../../../fakes/fakeHost';
import { FakeMemory } from '../../../fakes/fakeMemory';
import { Installation, type TestCore } from '../../../fakes/installation';
import { jane } from '../../../fakes/sampleSession';
import { scriptedPrompt } from '../../../fakes/scriptedPrompt';

const rejectsWith = (code: string) => (error: unknown) => isFailure(error) && error.code === code;

describe('Change Token Access', () => {
  let installation: Installation;
  let core: TestCore;
  let memory: FakeMemory;
  let host: Host;
  let access: TokenAccess;
  let prompt: ReturnType<typeof scriptedPrompt>;
  let copied: string[];
  beforeEach(() => {
    shownMessages.length = presses.length = 0;
    workspaceTrust.isTrusted = true;
    installation = new Installation().alone();
    core = installation.openCore();
    memory = new FakeMemory();
    copied = [];
    host = fakeHost(core, {
      workspaceState: memory,
      loadPrompt: () => Promise.resolve(prompt),
      copyText: (text) => {
        copied.push(text);
        return Promise.resolve();
      },
    });
    access = tokenAccess(core.real, host);
  });
  afterEach(() => {
    personalSettings.clear();
    presses.length = 0;
    delete remote.name;
    workspaceTrust.isTrusted = true;
  });
  const run = async (...answers: readonly string[]): Promise<void> => {
    prompt = scriptedPrompt(answers);
    await changeTokenAccess(access, host);
  };
  /** What the list and then the modal show. */
  const shown = () => prompt.asked.map(({ items }) => items.join(', '));

  it('shows what is allowed, and changes it only in a modal: a list can be answered by any program', async () => {
    await run('Terminals', 'Always');
    assert.deepEqual(shown(), [
      'Terminals: not decided yet, Request files: not decided yet',
      'Leave as It Is, Until the Window Closes, Always, Never',
    ]);
    assert.match(prompt.asked[1]?.modal ?? '', /^Now: not decided yet\.\n\nIf you allow it, every program in/);
    assert.deepEqual(shownMessages.at(-1)?.texts, ['Terminals of this workspace: always allowed.']);
    assert.equal(await access.allowance.has('terminals', jane), true);
    await run('Request files', 'Never');
    assert.equal(shown()[0], 'Terminals: always allowed, Request files: not decided yet');
    await run('Terminals', 'Until the Window Closes');
    assert.equal(shown()[1], 'Leave as It Is, Until the Window Closes, Never, Ask Again');
    assert.equal(memory.get('tokenAccess.terminals'), undefined);
    await run('Terminals', 'Ask Again');
    assert.deepEqual(shownMessages.at(-1)?.texts, ['Terminals of this workspace: you are asked at the next use.']);
    assert.deepEqual([access.answerOf('terminals'), access.answerOf('requestFiles')], [undefined, 'never']);
    assert.deepEqual(
      installation.log.lines.map(({ event }) => event),
      [
        'token access: terminals changed: always',
        'token access: requestFiles changed: never',
        'token access: terminals changed: window',
        'token access: terminals changed: ask',
      ],
    );
  });

  it('changes nothing if the user leaves it as it is, or leaves', async () => {
    await run('Terminals', 'Never');
    await run('Terminals', 'Leave as It Is');
    await assert.rejects(run('Terminals'), rejectsWith('cancelled'));
    await assert.rejects(run(), rejectsWith('cancelled'));
    assert.equal(access.answerOf('terminals'), 'never');
    assert.equal(shownMessages.length, 1);
  });

  it('takes back what was allowed for production, and asks again at once after a refusal', async () => {
    personalSettings.set('reltioAuth.environments', [
      { name: 'live', url: 'https://live.reltio.com', production: true },
    ]);
    const asksAgain = async (): Promise<number> => {
      prompt = scriptedPrompt(['Until the Window Closes']);
      assert.equal(await access.allowance.has('terminals', jane), true);
      return prompt.asked.length;
    };
    assert.deepEqual([await asksAgain(), await asksAgain()], [1, 0]);
    await run('Terminals', 'Always');
    assert.equal(await asksAgain(), 1);
    await run('Terminals', 'Ask Again');
    prompt = scriptedPrompt(['Not Now']);
    assert.equal(await access.allowance.has('terminals', jane), false);
    await run('Terminals', 'Always');
    assert.equal(await asksAgain(), 1);
  });

  it('says that the setting switches terminals off', async () => {
    personalSettings.set('reltioAuth.terminal.command', false);
    await assert.rejects(run('Terminals'), rejectsWith('cancelled'));
    assert.deepEqual(prompt.asked[0]?.refusals, [
      'The setting reltioAuth.terminal.command is off. Switch it on first.',
    ]);
    await run('Request files', 'Always');
  });

  it('asks for trust first', async () => {
    workspaceTrust.isTrusted = false;
    await assert.rejects(run('Terminals', 'Always'), rejectsWith('tokensNeedTrust'));
    assert.deepEqual(prompt.asked, []);
  });

  it('says in a remote window which setting moves the extension there, and copies it', async () => {
    remote.name = 'ssh-remote';
    presses.push('Copy Setting');
    await run();
    const [text = '', ...buttons] = shownMessages.at(-1)?.texts ?? [];
    const setting = `"remote.extensionKind": { "${extensionId}": ["workspace"] }`;
    assert.ok(text.includes(setting), text);
    assert.deepEqual([buttons, copied, prompt.asked], [['Copy Setting'], [setting], []]);
    prompt = scriptedPrompt(['Terminals', 'Always']);
    await changeTokenAccess(access, fakeHost(core, { side: 'workspace', loadPrompt: () => Promise.resolve(prompt) }));
    assert.equal(access.answerOf('terminals'), 'always');
  });

  it('is decided for a request by the environment that it goes to, and for terminals by the one in use too', async () => {
    const live = { name: 'live', url: 'https://live.reltio.com', production: true };
    personalSettings.set('reltioAuth.environments', [{ name: 'dev', url: 'https://dev.reltio.com' }, live]);
    memory.values.set('tokenAccess.terminals', 'always').set('tokenAccess.requestFiles', 'always');
    const [dev, production] = (await host.settings.read()).environments;
    assert.ok(dev !== undefined && production !== undefined);
    const asked = async (...wanted: Parameters<TokenAccess['allowance']['has']>): Promise<string> => {
      prompt = scriptedPrompt(['Not Now']);
      const isAllowed = await tokenAccess(core.real, host).allowance.has(...wanted);
      return `${prompt.asked.length} ${isAllowed}`;
    };
    await host.environmentInUse.choose(production);
    assert.equal(await asked('requestFiles', jane, dev), '0 true');
    assert.equal(await asked('terminals', jane, dev), '1 false');
    await host.environmentInUse.choose(dev);
    assert.equal(await asked('terminals', jane), '0 true');
    assert.equal(await asked('terminals', jane, production), '1 false');
    assert.equal(await asked('requestFiles', jane, production), '1 false');
  });
});
