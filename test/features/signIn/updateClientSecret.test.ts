import { shownMessages } from '../../fakes/fakeVscode';
import assert from 'node:assert/strict';
import { updateClientSecret } from '../../../src/features/signIn/updateClientSecret';
import { answer, badClient, invalidRefreshToken, pair } from '../../fakes/fakeHttp';
import type { Prompt } from '../../../src/editor/prompt/prompt';
import { Failure } from '../../../src/core/base/failure';
import { jane } from '../../fakes/sampleSession';
import { Installation, type TestCore } from '../../fakes/installation';
import { FakeMemory } from '../../fakes/fakeMemory';
import { confirmedHosts } from '../../../src/editor/confirmedHosts';
import { type Asked, scriptedPrompt } from '../../fakes/scriptedPrompt';

describe('updating the secret of a client', () => {
  let installation: Installation;
  let core: TestCore;
  let memory: FakeMemory;
  let asked: readonly Asked[];
  beforeEach(async () => {
    memory = new FakeMemory();
    shownMessages.length = 0;
    installation = new Installation();
    core = installation.openCore();
    await core.holds();
  });

  const enter = async (answers: readonly string[]) => {
    const { sessions, clients } = core;
    const prompt = scriptedPrompt(answers);
    const hosts = confirmedHosts(memory);
    const parts = { prompt, clients, sessions, confirmedHosts: hosts, clock: installation.clock };
    const updating = updateClientSecret(sessions.known[0]!, parts);
    const left = await installation.clock.finish(updating).then(
      () => undefined,
      ({ code }: { code: string }) => code,
    );
    await installation.clock.pass(0);
    asked = prompt.asked;
    assert.ok(
      asked.every(({ modal, secret }) => modal !== undefined || secret === true),
      'the box shows dots',
    );
    return { left, refusals: prompt.asked[0]!.refusals };
  };
  const secret = async () => (await core.clients.find(jane.identityServer, jane.clientId))?.secret;
  const state = () => core.sessions.known[0]!.state;
  const usedSecrets = () =>
    installation.http.requests.map(({ headers }) =>
      Buffer.from(headers['authorization']!.slice('Basic '.length), 'base64').toString().slice('reltio_ui:'.length),
    );

  it('asks for no secret of a client that a login page registered: a new sign-in helps', async () => {
    await core.clients.save(jane.identityServer, {
      id: jane.clientId,
      secret: '',
      authentication: 'none',
      registeredFor: 'https://dev.reltio.com/ai/tools/register http://localhost:8081',
    });
    const prompt = scriptedPrompt(['a secret']);
    const { sessions, clients } = core;
    await assert.rejects(
      updateClientSecret(sessions.known[0]!, {
        prompt,
        clients,
        sessions,
        confirmedHosts: confirmedHosts(memory),
        clock: installation.clock,
      }),
      { code: 'signInAgain' },
    );
    assert.deepEqual(prompt.asked, []);
  });

  it('keeps the box open until the identity server accepts it, and says in the box that it does not', async () => {
    installation.http.next(badClient, pair('a1', 'r1'));
    assert.deepEqual(await enter(['wrong', 'right']), {
      left: undefined,
      refusals: ['auth.reltio.com does not accept this secret of client reltio_ui. Check it and enter it again.'],
    });
    assert.deepEqual(shownMessages, [
      { how: 'information', texts: ['Client secret updated. auth.reltio.com accepts it.'] },
    ]);
    assert.equal(await secret(), 'right');
    assert.equal(state(), 'signedIn');
    assert.deepEqual(usedSecrets(), ['wrong', 'right']);
  });

  it('sends a new secret to the place where the old one was accepted', async () => {
    await core.clients.save(jane.identityServer, {
      id: 'reltio_ui',
      secret: 'old',
      authentication: 'client_secret_post',
    });
    installation.http.next(pair('a1', 'r1'));
    await enter(['new']);
    const [request] = installation.http.requests;
    assert.ok(request !== undefined && !('authorization' in request.headers));
    assert.deepEqual([request.form['client_id'], request.form['client_secret']], ['reltio_ui', 'new']);
  });

  it('does not mistake the result of a refresh with the old secret for an answer to the new one', async () => {
    const { http, clock } = installation;
    http.takes = 3_000;
    http.next(badClient, pair('a1', 'r1'));
    const before = core.sessions.refreshNow('jane').catch(({ code }: { code: string }) => code);
    await clock.pass(1_000);
    assert.deepEqual(await enter(['new']), { left: undefined, refusals: [] });
    assert.equal(await before, 'clientRejected');
    assert.equal(await secret(), 'new');
    assert.deepEqual(usedSecrets(), ['secret', 'new']);
  });

  it('does not bring the old secret back after another window has forgotten everything', async () => {
    installation = new Installation().alone();
    core = installation.openCore();
    await core.holds();
    const other = installation.openCore();
    installation.http.takes = 1_000;
    installation.http.next(() => {
      installation.clock.after(10, () => void other.real.forget([]));
      return badClient;
    });
    await enter(['new']);
    await installation.clock.pass(5_000);
    assert.deepEqual([...installation.secrets.values.keys()], ['sessions']);
    assert.deepEqual(await other.clients.list(jane.identityServer), []);
  });

  it('asks before a secret goes to a host outside reltio.com that this profile has not agreed to, and names it', async () => {
    const { id } = core.sessions.known[0]!;
    const account = { ...jane, identityServer: 'https://auth.acme.example' };
    await core.alter(id, { account });
    assert.equal((await enter(['Do Not Send', 'right'])).left, 'cancelled');
    assert.equal(asked[0]!.question, 'Send your Reltio secrets to auth.acme.example?');
    assert.deepEqual(usedSecrets(), []);

    installation.http.next(pair('a1', 'r1'));
    assert.equal((await enter(['Send', 'right'])).left, undefined);
    assert.equal(asked[1]!.title, 'Update the client secret at auth.acme.example');
    assert.equal(core.sessions.known[0]!.id, id);

    installation.http.next(pair('a2', 'r2'));
    assert.equal((await enter(['right'])).left, undefined);
    assert.equal(asked.length, 1, 'once a host');
  });

  it('says that a pasted header is not UTF-8, and asks the identity server nothing', async () => {
    const latin1 = Buffer.from('reltio_ui:Grüße', 'latin1').toString('base64');
    assert.deepEqual(await enter([`Basic ${latin1}`]), {
      left: 'cancelled',
      refusals: [
        'This Basic header cannot be read: the text in it is not encoded in UTF-8. Enter the secret of reltio_ui alone.',
      ],
    });
    assert.deepEqual(usedSecrets(), []);
  });

  it('changes nothing when the user leaves after a wrong one', async () => {
    installation.http.next(badClient, badClient, pair('a1', 'r1'));
    assert.equal((await enter(['wrong', 'wrong too'])).left, 'cancelled');
    assert.equal(await secret(), 'secret');
    assert.equal(state(), 'signedIn');
    assert.deepEqual(usedSecrets(), ['wrong', 'wrong too', 'secret']);
    assert.equal(core.sessions.activity(core.sessions.known[0]!).outage, undefined);
  });

  it('changes nothing when the user leaves before the identity server rejects it', async () => {
    const { sessions, clients } = core;
    installation.http.takes = 1_000;
    installation.http.next(badClient, pair('a1', 'r1'));
    const prompt: Prompt = {
      ...scriptedPrompt([]),
      box: (step) => {
        void step.submit('wrong', new AbortController().signal);
        return Promise.reject(new Failure('cancelled'));
      },
    };
    const parts = { prompt, clients, sessions, confirmedHosts: confirmedHosts(memory) };
    const updating = updateClientSecret(sessions.known[0]!, { ...parts, clock: installation.clock });
    await assert.rejects(installation.clock.finish(updating), { code: 'cancelled' });
    await installation.clock.pass(5_000);
    assert.deepEqual([await secret(), state(), usedSecrets()], ['secret', 'signedIn', ['wrong', 'secret']]);
  });

  it('asks the identity server nothing when the user leaves at once', async () => {
    assert.equal((await enter([])).left, 'cancelled');
    assert.deepEqual(shownMessages, []);
    assert.deepEqual(usedSecrets(), []);
  });

  it('keeps the last one if the client was rejected before', async () => {
    await core.alter('jane', { state: 'clientRejected' });
    installation.http.next(badClient);
    assert.equal((await enter(['wrong'])).left, 'cancelled');
    assert.equal(state(), 'clientRejected');
    assert.deepEqual(usedSecrets(), ['wrong']);
  });

  it('is done when the identity server accepts it, and rejects the account', async () => {
    await core.alter('jane', { state: 'clientRejected' });
    installation.http.next(answer(401, { error: 'unauthorized', error_description: 'User is disabled' }));
    assert.deepEqual(await enter(['right']), { left: undefined, refusals: [] });
    assert.equal(await secret(), 'right');
    assert.equal(state(), 'signedIn');
  });

  for (const [what, reply] of Object.entries({
    'an expired password': answer(401, { error: 'unauthorized', error_description: 'User credentials have expired' }),
    'a token that has expired': pair('a0', 'r0', 0),
  })) {
    it(`is done when the identity server accepts it, and reports ${what}`, async () => {
      await installation.clock.pass(3_600_000);
      installation.http.always = reply;
      assert.deepEqual(await enter(['right']), { left: undefined, refusals: [] });
      assert.equal(await secret(), 'right');
    });
  }

  it('is done when the identity server accepts it, also after an hour of errors', async () => {
    await installation.clock.pass(3_600_000);
    installation.http.always = answer(500);
    for (let minutes = 0; minutes <= 70; minutes += 10) {
      await installation.clock.finish(core.sessions.fresh('jane').catch(() => undefined));
      await installation.clock.pass(600_000);
    }
    installation.http.always = answer(401, { error: 'unauthorized', error_description: 'User is disabled' });
    assert.deepEqual(await enter(['right']), { left: undefined, refusals: [] });
    assert.equal(await secret(), 'right');
  });

  it('is done when the identity server accepts it, and refuses the sign-in', async () => {
    installation.http.next(invalidRefreshToken());
    assert.deepEqual(await enter(['right']), { left: undefined, refusals: [] });
    assert.equal(await secret(), 'right');
  });
});
