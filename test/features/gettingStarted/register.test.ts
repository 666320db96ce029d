import { commandHandlers, personalSettings } from '../../fakes/fakeVscode';
import assert from 'node:assert/strict';
import { register } from '../../../src/features/gettingStarted/register';
import { fakeHost } from '../../fakes/fakeHost';
import { Installation } from '../../fakes/installation';
import { EnvironmentInUse } from '../../../src/editor/environmentInUse';
import type { Environment } from '../../../src/editor/settings/environments';
import { sampleEnvironment } from '../../fakes/sampleEnvironment';

describe('getting started', () => {
  let shared: Installation;
  let sent: string[];
  let environments: Environment[];
  let environmentInUse: EnvironmentInUse;
  let registered: { dispose(): unknown };
  beforeEach(() => {
    sent = [];
    environments = [];
    commandHandlers.set('setContext', (key, value) => sent.push(`${String(key)} ${String(value)}`));
    commandHandlers.set('workbench.action.openWalkthrough', (...argument) => sent.push(`open ${argument.join(' ')}`));
    shared = new Installation();
    const core = shared.openCore();
    const host = fakeHost(core);
    const { accountInUse, workspaceState: memory, log } = host;
    const readEnvironments = () => Promise.resolve(environments);
    environmentInUse = new EnvironmentInUse({ accountInUse, readEnvironments, memory, log });
    registered = register(core.real, fakeHost(core, { environmentInUse }));
  });
  afterEach(() => {
    registered.dispose();
    ['setContext', 'workbench.action.openWalkthrough'].forEach((id) => commandHandlers.delete(id));
    personalSettings.clear();
  });

  it('opens nothing by itself, and lets VS Code list the walkthrough only when it no longer opens it either', async () => {
    assert.deepEqual(sent, ['reltioAuth.hasEnvironment false']);
    await shared.clock.pass(5_000);
    assert.equal(sent.length, 1, 'VS Code may still decide whether to open it over an editor');
    await shared.clock.pass(5_000);
    assert.deepEqual(sent.slice(1), ['reltioAuth.active true']);
  });

  it('starts nothing in a window that closes at once', async () => {
    registered.dispose();
    await shared.clock.pass(60_000);
    assert.equal(sent.length, 1);
  });

  it('ticks off the first step once there is an environment, and says when the last one is gone', async () => {
    sent.length = 0;
    environments = [sampleEnvironment('dev')];
    await environmentInUse.update();
    await environmentInUse.update();
    environments = [];
    await environmentInUse.update();
    assert.deepEqual(sent, ['reltioAuth.hasEnvironment true', 'reltioAuth.hasEnvironment false']);
  });

  it('opens the walkthrough of package.json on demand', async () => {
    sent.length = 0;
    await commandHandlers.get('reltioAuth.getStarted')?.();
    const { name, publisher, contributes } = await import('../../../package.json');
    assert.deepEqual(sent, [
      'reltioAuth.active true',
      `open ${publisher}.${name}#${contributes.walkthroughs[0]?.id} false`,
    ]);
  });
});
