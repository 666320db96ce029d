import { personalSettings, presses, settingsTrouble, shownMessages } from '../../fakes/fakeVscode';
import { choices, lists } from '../../fakes/fakeQuickInput';
import assert from 'node:assert/strict';
import { Failure, isFailure } from '../../../src/core/base/failure';
import { withoutRefreshToken } from '../../../src/core/model/tokens';
import type { Host } from '../../../src/editor/host';
import { looksLikeProduction } from '../../../src/features/environments/productionQuestion';
import { addEnvironment } from '../../../src/features/environments/addEnvironment';
import { fakeHost } from '../../fakes/fakeHost';
import { monday, settle } from '../../fakes/fakeClock';
import { answer } from '../../fakes/fakeHttp';
import { Installation, type TestCore } from '../../fakes/installation';
import { jane, pastedSession, sampleTokens } from '../../fakes/sampleSession';
import { goBack, scriptedPrompt } from '../../fakes/scriptedPrompt';

const link = 'https://dev.reltio.com/ui/abc123';
const api = 'https://dev.reltio.com';
const key = 'reltioAuth.environments';
const again = 'Press Enter again to add it anyway.';
const tenants = [
  { tenantId: 'AcmeTest01', tenantName: 'Test', customerName: 'Acme' },
  { tenantId: 'AcmeDev01', tenantName: 'Development', customerName: 'Acme' },
];

describe('Add Environment', () => {
  let shared: Installation;
  let core: TestCore;
  let host: Host;
  let prompt: ReturnType<typeof scriptedPrompt>;
  beforeEach(async () => {
    personalSettings.clear();
    choices.length = lists.length = shownMessages.length = presses.length = 0;
    delete settingsTrouble.write;
    shared = new Installation().alone();
    core = shared.openCore();
    await core.holds();
  });
  afterEach(() => {
    personalSettings.clear();
    delete settingsTrouble.write;
    presses.length = 0;
  });

  const add = async (...answers: string[]): Promise<void> => {
    prompt = scriptedPrompt(answers);
    host = fakeHost(core, { loadPrompt: () => Promise.resolve(prompt) });
    await addEnvironment(core.real, host);
  };
  const written = () => personalSettings.get(key);
  /** What the user was asked, without the list that shows that Reltio is being asked. */
  const questions = () => prompt.asked.filter(({ question }) => !question.startsWith('Reading'));
  const refusals = () => prompt.asked.flatMap((one) => one.refusals);
  const sent = () =>
    shared.http.requests.map(({ url, headers }) => [url.replace(api, ''), headers['authorization'] ?? 'no token']);
  const status = answer(200, { Status: 'Green' });
  const cancelled = (error: unknown) => isFailure(error) && error.code === 'cancelled';

  it('takes environment and tenant from a link, checks that it exists, and writes the setting', async () => {
    shared.http.next(status);
    await add(link, 'dev', 'No production data');
    assert.deepEqual(written(), [{ name: 'dev', url: api, tenant: 'abc123' }]);
    assert.deepEqual(sent(), [['/reltio/status', 'no token']]);
    assert.deepEqual(
      prompt.asked.map(({ title, question, value }) => [title, question, value]),
      [
        [
          'Add a Reltio environment',
          'Paste the address of a Reltio page or an API address, or enter the name of an environment',
          '',
        ],
        ['Add a Reltio environment', 'What do you want to call this environment?', 'dev'],
        ['Add a Reltio environment', 'Does this environment hold production data?', ''],
      ],
    );
    await host.environmentInUse.update();
    assert.equal(host.environmentInUse.current?.name, 'dev');
    assert.deepEqual(shownMessages.at(-1)?.texts, ['Added dev, which this workspace now uses.']);
  });

  it('lists the tenants that the token reaches, by name', async () => {
    shared.http.next(status, answer(200, tenants));
    await add('dev', 'Development', 'dev', 'No production data');
    assert.deepEqual(written(), [{ name: 'dev', url: api, tenant: 'AcmeDev01' }]);
    assert.deepEqual(sent(), [
      ['/reltio/status', 'no token'],
      ['/reltio/enhancedTenants?showAll=true', 'Bearer a0'],
    ]);
    assert.deepEqual(questions()[1]?.items, [
      'Development: AcmeDev01 · Acme',
      'Test: AcmeTest01 · Acme',
      'Enter the id of a tenant',
      'No tenant: you can add one to the settings later',
    ]);
    assert.equal(questions()[1]?.question, 'Tenants of jane@acme.com (auth.reltio.com): which one do you use?');
  });

  for (const [what, listed] of Object.entries({
    'refuses the list': answer(403, { errorCode: 804 }),
    'does not know the list': answer(404),
    'lists none': answer(200, []),
  })) {
    it(`lists the ids that the identity server knows where the environment ${what}`, async () => {
      shared.http.next(status, listed, answer(200, { user: { username: 'jane', tenants: ['AcmeDev01', '../x'] } }));
      await add('dev', 'AcmeDev01', 'dev', 'No production data');
      assert.deepEqual(written(), [{ name: 'dev', url: api, tenant: 'AcmeDev01' }]);
      assert.equal(shared.http.requests.at(-1)?.url, 'https://auth.reltio.com/oauth/checkToken');
      assert.deepEqual(questions()[1]?.items.slice(0, 2), ['AcmeDev01: ', 'Enter the id of a tenant']);
    });
  }

  it('takes the id of a tenant, and asks the environment whether the token reaches it', async () => {
    shared.http.next(status, answer(403), answer(403), answer(403, { errorCode: 804 }), answer(200, { value: 'Dev' }));
    await add('dev', 'Enter the id', 'not an id', 'AcmeProd', 'AcmeDev01', 'dev', 'No production data');
    assert.deepEqual(written(), [{ name: 'dev', url: api, tenant: 'AcmeDev01' }]);
    assert.match(questions()[1]?.question ?? '', /^No list of tenants: .*denies access/);
    assert.deepEqual(refusals(), [
      'Enter the id as in the address of a Reltio page: …/ui/<id>.',
      `dev.reltio.com denies access (HTTP 403). Your role or your network is not allowed; ask your Reltio administrator. ${again}`,
    ]);
    assert.deepEqual(
      sent()
        .slice(-2)
        .map(([path]) => path),
      ['/reltio/tenants/AcmeProd/name', '/reltio/tenants/AcmeDev01/name'],
    );
  });

  it('adds a tenant that cannot be checked if the user insists, or no tenant at all', async () => {
    shared.http.next(status, answer(503), answer(503));
    await add('dev', 'Enter the id', 'AcmeDev01', 'AcmeDev01', 'dev', 'No production data');
    assert.deepEqual(written(), [{ name: 'dev', url: api, tenant: 'AcmeDev01' }]);
    shared.http.next(status, answer(503));
    await add('test', 'No tenant', 'test', 'No production data');
    assert.deepEqual((written() as unknown[])[1], { name: 'test', url: 'https://test.reltio.com' });
  });

  it('keeps the box open while no environment answers, and adds it anyway only where one may be', async () => {
    shared.http.next(answer(404), { kind: 'failure', code: 'timeout' });
    await add('https://auth.reltio.com/ui/x', 'evil.example', link, link, 'dev', 'No production data');
    const [first, second, third] = refusals();
    assert.match(first ?? '', /^auth\.reltio\.com does not answer like a Reltio environment \(HTTP 404\)/);
    assert.doesNotMatch(first ?? '', /anyway/);
    assert.match(second ?? '', /^evil\.example is not a trusted host/);
    assert.ok(third?.endsWith(again), third);
    assert.equal(shared.http.requests.length, 2, 'nothing was sent to a host that is not trusted');
    assert.deepEqual(written(), [{ name: 'dev', url: api, tenant: 'abc123' }]);
  });

  it('adds an environment whose status needs a token if the user insists: an identity server asks for one too', async () => {
    shared.http.next(answer(401, { error: 'unauthorized', error_description: 'Full authentication is required' }));
    await add(link, link, 'dev', 'No production data');
    assert.match(refusals()[0] ?? '', /^dev\.reltio\.com does not answer like a Reltio environment \(HTTP 401\)/);
    assert.ok(refusals()[0]?.endsWith(again), refusals()[0]);
    assert.deepEqual(written(), [{ name: 'dev', url: api, tenant: 'abc123' }]);
  });

  it('does not take the same Enter for another address', async () => {
    shared.http.next({ kind: 'failure', code: 'timeout' }, answer(404));
    await assert.rejects(add(link, 'https://test.reltio.com/ui/abc'), cancelled);
    assert.equal(refusals().length, 2);
    assert.equal(written(), undefined);
  });

  it('keeps every entry that is there, those that cannot be used too, and refuses their names', async () => {
    const before = [{ name: 'dev', url: 'http://evil.example', color: 1 }, 'nonsense', { name: 'test', url: api }];
    personalSettings.set(key, before);
    shared.http.next(status);
    await add(link, 'dev', ' test ', '', 'x'.repeat(41), '$(key)', 'development', 'Production');
    const entry = { name: 'development', url: api, tenant: 'abc123', production: true };
    assert.deepEqual(written(), [...before, entry]);
    assert.equal(prompt.asked[1]?.value, 'dev-abc123', 'the name that is offered is free');
    assert.deepEqual(refusals(), [
      'There is already an environment named "dev". Choose another name.',
      'There is already an environment named "test". Choose another name.',
      'Enter a name, such as dev.',
      'Choose a name of at most 40 plain characters, such as dev.',
      'Choose a name of at most 40 plain characters, such as dev.',
    ]);
  });

  it('preselects production where the name says so', async () => {
    shared.http.next(status);
    await add('https://na07-prod.reltio.com/ui/abc123', 'prod', 'Production');
    assert.match(prompt.asked.at(-1)?.items[0] ?? '', /^Production/);
  });

  for (const [name, isProduction] of [
    ['na07-prod', true],
    ['prod-usg', true],
    ['acmeprod', true],
    ['production', true],
    ['preprod', true],
    ['PRD', true],
    ['nonprod', false],
    ['acme-non-prod', false],
    ['products-dev', false],
    ['dev', false],
  ] as const) {
    it(`takes ${name} for ${isProduction ? 'production' : 'no production'}`, () => {
      assert.equal(looksLikeProduction({ url: 'https://x.reltio.com', name }), isProduction);
    });
  }

  it('asks for the identity server where there are several, and writes it', async () => {
    personalSettings.set(key, [
      { name: 'stage', url: 'https://stage.reltio.com', authUrl: 'https://auth-stg.reltio.com' },
    ]);
    shared.http.next(status);
    await add(link, 'auth-stg.reltio.com', 'dev', 'No production data');
    assert.deepEqual(prompt.asked[1]?.items, ['auth.reltio.com', 'auth-stg.reltio.com']);
    assert.deepEqual((written() as unknown[])[1], {
      name: 'dev',
      url: api,
      authUrl: 'https://auth-stg.reltio.com',
      tenant: 'abc123',
    });
    assert.notEqual(host.environmentInUse.current?.name, 'dev', 'it is not for the account in use');
  });

  it("sends no token of one identity server to another's environment", async () => {
    const tokens = sampleTokens({ accessToken: 'of-stage' });
    await core.holds({ id: 'stage', account: { ...jane, identityServer: 'https://auth-stg.reltio.com' }, tokens });
    shared.http.next(status, answer(200, tenants));
    await add('dev', 'auth-stg.reltio.com', 'Test', 'dev', 'No production data');
    assert.deepEqual(
      sent().map(([, bearer]) => bearer),
      ['no token', 'Bearer of-stage'],
    );
  });

  it('offers to sign in where no account of the server is, and then lists its tenants', async () => {
    await core.sessions.signOut('jane', 'here');
    shared.http.next(status, answer(200, tenants));
    prompt = scriptedPrompt(['dev', 'Sign in', 'Test', 'dev', 'No production data']);
    host = fakeHost(core, { loadPrompt: () => Promise.resolve(prompt) });
    host.signIn.runWith(() => Promise.resolve({ run: () => core.holds({ id: 'new' }) }));
    await addEnvironment(core.real, host);
    assert.deepEqual(written(), [{ name: 'dev', url: api, tenant: 'AcmeTest01' }]);
  });

  it('asks before a token goes to a host outside reltio.com, and sends none without a yes', async () => {
    personalSettings.set('reltioAuth.trustedHosts', ['reltio.com', 'acme.example']);
    shared.http.next(status);
    const first = ['reltio.acme.example', 'Do Not Send', 'Enter the id', goBack, 'Enter the id', 'AcmeDev01'];
    await add(...first, goBack, 'No tenant', 'acme', 'No production data');
    assert.equal(prompt.asked.filter(({ modal }) => modal !== undefined).length, 1, 'asks once');
    assert.deepEqual(
      shared.http.requests.map(({ headers }) => headers['authorization']),
      [undefined],
    );
    assert.ok(prompt.asked.some(({ question }) => question === 'Send your access token to reltio.acme.example?'));

    shared.http.next(status);
    await add('reltio.acme.example', 'Do Not Send', 'Enter the id', 'AcmeDev01', 'other', 'No production data');
    assert.equal(shared.http.requests.length, 2);
    assert.ok(shared.http.requests.every(({ headers }) => headers['authorization'] === undefined));
  });

  it('sends no token of an https server without TLS, and asks for the id instead', async () => {
    shared.http.next(status);
    await add('http://127.0.0.1:9', 'auth.reltio.com', 'Enter the id', 'AcmeDev01', 'local', 'No production data');
    assert.ok(shared.http.requests.length > 0);
    assert.ok(shared.http.requests.every(({ headers }) => headers['authorization'] === undefined));
    assert.deepEqual(written(), [{ name: 'local', url: 'http://127.0.0.1:9', tenant: 'AcmeDev01' }]);
  });

  it('goes back to each box with what was entered there, forgets what followed, and asks Reltio once', async () => {
    shared.http.next(status, status, answer(200, tenants));
    const first = [link, goBack, 'dev', 'Test', goBack];
    await add(...first, 'Development', 'dev', goBack, 'other', 'No production data');
    assert.equal(prompt.asked[2]?.value, link, 'the first box again');
    assert.deepEqual(written(), [{ name: 'other', url: api, tenant: 'AcmeDev01' }]);
    assert.equal(shared.http.requests.length, 3);
  });

  it('selects again what was chosen before going back, and shows again what was typed', async () => {
    const stage = { name: 'stage', url: 'https://stage.reltio.com', authUrl: 'https://auth-stg.reltio.com' };
    personalSettings.set(key, [stage]);
    shared.http.next(status, answer(200, tenants));
    const back = [
      'dev',
      'auth.reltio.com',
      'Development',
      goBack,
      'No tenant',
      goBack,
      'Enter the id',
      'AcmeQa01',
      goBack,
    ];
    shared.http.always = answer(200, { value: 'Qa' });
    await add(...back, goBack, 'auth.reltio.com', 'Enter the id', 'AcmeQa01', 'dev', 'No production data');
    const lists = questions().filter(({ question }) => question.startsWith('Tenants of'));
    assert.deepEqual(
      lists.map(({ selected }) => selected),
      [undefined, 'Development', 'No tenant', 'Enter the id of a tenant', 'Enter the id of a tenant'],
    );
    const ids = questions().filter(({ question }) => question === 'Enter the id of the tenant');
    assert.deepEqual(
      ids.map(({ value }) => value),
      ['', 'AcmeQa01'],
    );
    const servers = questions().filter(({ question }) => question.startsWith('Which identity server'));
    assert.deepEqual(
      servers.map(({ selected }) => selected),
      [undefined, 'auth.reltio.com'],
    );
    assert.deepEqual((written() as unknown[])[1], { name: 'dev', url: api, tenant: 'AcmeQa01' });
  });

  it('shows that the tenants are being read, and stops reading when the user leaves', async () => {
    shared.http.next(status, 'hang');
    const scripted = scriptedPrompt(['dev']);
    const closed = new AbortController();
    prompt = {
      ...scripted,
      pick: async (step) => {
        if (step.work === undefined) return await scripted.pick(step);
        assert.equal(step.placeholder, 'Reading your tenants at dev.reltio.com …');
        assert.equal(step.canGoBack, true);
        const reading = step.work(closed.signal);
        await settle();
        assert.equal(shared.http.requests.length, 2);
        closed.abort();
        await reading;
        throw new Failure('cancelled');
      },
    };
    host = fakeHost(core, { loadPrompt: () => Promise.resolve(prompt) });
    await assert.rejects(addEnvironment(core.real, host), cancelled);
    assert.equal(shared.http.requests.length, 2, 'nobody else is asked');
    assert.equal(written(), undefined);
  });

  it('offers to sign in where the account needs it, and then lists its tenants', async () => {
    await core.alter('jane', {
      state: 'signInAgain',
      tokens: withoutRefreshToken(sampleTokens({ accessTokenExpiresAt: monday })),
    });
    shared.http.next(status, answer(200, tenants));
    prompt = scriptedPrompt(['dev', 'Sign in', 'Test', 'dev', 'No production data']);
    host = fakeHost(core, { loadPrompt: () => Promise.resolve(prompt) });
    host.signIn.runWith(() => Promise.resolve({ run: () => core.holds({ id: 'new' }) }));
    await addEnvironment(core.real, host);
    assert.equal(
      questions()[1]?.question,
      'No list of tenants: Your Reltio sign-in is no longer valid. Sign in again.',
    );
    assert.deepEqual(written(), [{ name: 'dev', url: api, tenant: 'AcmeTest01' }]);
  });

  it('proposes to the owner of a pasted token another one where the environment refuses it, and no refresh', async () => {
    await core.sessions.signOut('jane', 'here');
    const { id, ...pasted } = pastedSession();
    await core.holds({ ...pasted, id });
    const refused = answer(401, { error: 'invalid_token' });
    shared.http.next(status, refused, refused);
    await add('dev', 'Enter the id', 'AcmeDev01', 'AcmeDev01', 'dev', 'No production data');
    const says =
      'dev.reltio.com does not accept your token (HTTP 401). Run "Reltio: Sign In" and paste another token. ' +
      'If that does not help, check "authUrl" of this environment in reltioAuth.environments.';
    assert.equal(questions()[1]?.question, `No list of tenants: ${says}`);
    assert.deepEqual(refusals(), [`${says} ${again}`]);
  });

  it('changes nothing when the user leaves any of its boxes', async () => {
    const answers = ['dev', 'Test', 'dev'];
    for (let count = 0; count <= answers.length; count += 1) {
      shared.http.next(status, answer(200, tenants));
      shared.http.always = answer(200, tenants);
      await assert.rejects(add(...answers.slice(0, count)), cancelled);
      assert.equal(written(), undefined);
    }
  });

  it('says so if VS Code does not write, or would lose what is there', async () => {
    const notWritten = (error: unknown) => isFailure(error) && error.code === 'settingsNotWritten';
    settingsTrouble.write = new Error('dirty');
    shared.http.next(status);
    await assert.rejects(add(link, 'dev', 'No production data'), notWritten);
    delete settingsTrouble.write;
    for (const before of [{ dev: api }, 'dev']) {
      personalSettings.set(key, before);
      shared.http.next(status);
      await assert.rejects(add(link, 'dev', 'No production data'), notWritten);
      assert.deepEqual(written(), before);
    }
  });

  it('leaves the environment in use alone, and offers the new one', async () => {
    personalSettings.set(key, [{ name: 'test', url: 'https://test.reltio.com' }]);
    prompt = scriptedPrompt([link, 'dev', 'No production data']);
    host = fakeHost(core, { loadPrompt: () => Promise.resolve(prompt) });
    await host.environmentInUse.update();
    shared.http.next(status);
    presses.push('Use It Here');
    await addEnvironment(core.real, host);
    assert.deepEqual(shownMessages.at(-1)?.texts, ['Added dev.', 'Use It Here']);
    await host.environmentInUse.update();
    assert.equal(host.environmentInUse.current?.name, 'dev');
  });
});
