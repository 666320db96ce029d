import { progress, shownDocuments } from '../../fakes/fakeDocuments';
import { commandHandlers, personalSettings } from '../../fakes/fakeVscode';
import assert from 'node:assert/strict';
import { isFailure } from '../../../src/core/base/failure';
import type { Session } from '../../../src/core/model/session';
import type { Environment } from '../../../src/editor/settings/environments';
import { commandIds } from '../../../src/editor/commandIds';
import { register } from '../../../src/features/whoAmI/register';
import { WhoAmI } from '../../../src/features/whoAmI/whoAmI';
import { answer } from '../../fakes/fakeHttp';
import { fakeHost } from '../../fakes/fakeHost';
import { FakeMemory } from '../../fakes/fakeMemory';
import { Installation, type TestCore } from '../../fakes/installation';
import { sampleEnvironment } from '../../fakes/sampleEnvironment';
import { type Asked, scriptedPrompt } from '../../fakes/scriptedPrompt';

const dev = sampleEnvironment('dev');
const foreign = sampleEnvironment('acme', { url: 'https://reltio.acme.example' });

describe('the command Who Am I', () => {
  let installation: Installation;
  let core: TestCore;
  let session: Session;
  let memory: FakeMemory;
  let asked: readonly Asked[];
  beforeEach(async () => {
    shownDocuments.length = 0;
    progress.isCancelled = false;
    asked = [];
    memory = new FakeMemory();
    installation = new Installation().alone();
    installation.http.always = answer(200, []);
    core = installation.openCore();
    session = await core.holds();
  });

  const run = async (environment: Environment | undefined, ...answers: readonly string[]): Promise<void> => {
    const prompt = scriptedPrompt(answers);
    asked = prompt.asked;
    const host = fakeHost(core, { globalState: memory, loadPrompt: () => Promise.resolve(prompt) });
    const whoAmI = new WhoAmI(core.real, host);
    try {
      await installation.clock.finish(whoAmI.run(session, environment));
    } finally {
      whoAmI.dispose();
    }
  };
  const hosts = () => installation.http.requests.map(({ url }) => new URL(url).host).sort();

  it('asks the identity server and the environment in use, and shows a document', async () => {
    await run(dev);
    assert.deepEqual(hosts(), ['auth.reltio.com', 'dev.reltio.com']);
    assert.equal(shownDocuments.length, 1);
    assert.match(shownDocuments[0] ?? '', /^# Who am I at Reltio\n\n {4}Account: +jane@acme\.com/);
    assert.ok(!shownDocuments.join().includes(session.tokens.accessToken));
  });

  it('asks the environment that is in use in this workspace, and returns nothing', async () => {
    const names = ['dev', 'test'];
    personalSettings.set(
      'reltioAuth.environments',
      names.map((name) => ({ name, url: `https://${name}.reltio.com` })),
    );
    const host = fakeHost(core);
    const registered = register(core.real, host);
    await host.environmentInUse.choose(sampleEnvironment('test'));
    assert.equal(await commandHandlers.get(commandIds.whoAmI)?.(), undefined);
    assert.deepEqual(hosts(), ['auth.reltio.com', 'test.reltio.com']);
    registered.dispose();
    personalSettings.clear();
  });

  it('sends no token to an environment of another account', async () => {
    await run(sampleEnvironment('stage', { identityServer: 'https://auth-stg.reltio.com' }));
    await run(sampleEnvironment('batch', { clientId: 'acme_batch' }));
    assert.ok(!hosts().some((host) => /^(stage|batch)\./.test(host)), hosts().join());
    assert.match(shownDocuments.at(-1) ?? '', /Not asked, because you have no environment for this account\./);
  });

  it('asks once before a host outside reltio.com gets the token, and goes on without it', async () => {
    await run(foreign, 'Do Not Send');
    assert.equal(asked[0]?.question, 'Send your access token to reltio.acme.example?');
    assert.deepEqual(hosts(), ['auth.reltio.com']);
    assert.equal(shownDocuments.length, 1);
    assert.match(shownDocuments[0] ?? '', /Not asked, because you did not allow your token to be sent there\./);
    await run(foreign, 'Send');
    assert.deepEqual(hosts(), ['auth.reltio.com', 'auth.reltio.com', 'reltio.acme.example']);
    await run(foreign);
    assert.deepEqual(asked, [], 'the user has agreed already');
  });

  it('shows nothing if the user cancels', async () => {
    progress.isCancelled = true;
    await assert.rejects(run(dev), (error) => isFailure(error) && error.code === 'cancelled');
    assert.deepEqual([shownDocuments, hosts()], [[], []]);
  });
});
