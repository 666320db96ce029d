import assert from 'node:assert/strict';
import { isFailure } from '../../../src/core/base/failure';
import { type IdentityServer, startIdentityServer } from '../../identity/server';
import { selfSignedCertificate } from '../../identity/certificate';
import type { Fault } from '../../identity/faults';
import { settle } from '../../fakes/fakeClock';
import { answer, pair } from '../../fakes/fakeHttp';
import { sampleSession } from '../../fakes/sampleSession';
import * as helpPages from '../../../src/features/signIn/helpPages';
import { Desk } from '../../fakes/desk';
import { goBack, press } from '../../fakes/scriptedPrompt';

const password = { kind: 'password' } as const;
const cancelled = (error: unknown): boolean => isFailure(error) && error.code === 'cancelled';

function inDigitsFrom(zero: number, code: string): string {
  return code.replace(/\d/g, (digit) => String.fromCharCode(zero + Number(digit)));
}

describe('the sign-in flow', () => {
  let server: IdentityServer;
  let desk: Desk;
  let here: string;
  beforeEach(async () => {
    server = await startIdentityServer();
    here = `127.0.0.1:${server.port}`;
    desk = new Desk([{ name: 'local', url: server.url, authUrl: server.url }]);
  });
  afterEach(() => server.close());

  const jane = (): string[] => [here, 'Password', 'Use reltio_ui', 'jane@acme.com', server.users.plain.password];

  it('stores a session and its client, and no password', async () => {
    const session = await desk.signIn(jane());
    assert.equal(session.account.user, 'jane@acme.com');
    const stored = [...desk.installation.secrets.values.values()].join();
    assert.ok(stored.includes(session.tokens.accessToken));
    assert.ok(!stored.includes(server.users.plain.password));
    assert.deepEqual(await desk.core.clients.list(server.url), [{ id: 'reltio_ui', secret: 'secret' }]);
  });

  it('asks for the client once, lists the last server first and fills in the last user', async () => {
    await desk.signIn(jane());
    const session = await desk.signIn([here, 'Password', 'jane@acme.com', server.users.plain.password]);
    assert.equal(session.account.clientId, 'reltio_ui');
    assert.deepEqual([...desk.memory.values.keys()].sort(), [
      'lastIdentityServer',
      `lastMethod ${server.url}`,
      `lastUser ${server.url}`,
    ]);
  });

  it('accepts a client id and secret, or a whole Basic header pasted into the box for the id', async () => {
    const { own } = server.clients;
    const typed = await desk.signIn([
      here,
      'Password',
      'Enter client id and secret',
      '',
      'two words',
      own.id,
      '  ',
      ` ${own.secret} `,
      'jane@acme.com',
      server.users.plain.password,
    ]);
    assert.equal(typed.account.clientId, own.id);
    assert.deepEqual(desk.refusals, [
      'Enter the client id: one word without a colon.',
      'Enter the client id: one word without a colon.',
      'Enter the client secret.',
    ]);
    const other = new Desk([{ name: 'local', url: server.url, authUrl: server.url }]);
    const answers = [here, 'Password', 'Enter client id and secret', `Basic\n ${own.basic.slice(6)}`];
    const pasted = await other.signIn([...answers, 'jane@acme.com', server.users.plain.password]);
    assert.equal(pasted.account.clientId, own.id);
  });

  it('refuses a header that does not decode, with a sentence that says what to paste', async () => {
    for (const header of [
      'Basic ***',
      'Basic abcde',
      'hello',
      '',
      `Basic ${Buffer.from('noColon').toString('base64')}`,
    ]) {
      await assert.rejects(
        desk.signIn([here, 'Password', 'Paste the Basic header', header]),
        cancelled,
        'leaves when nothing is left to answer',
      );
      assert.match(desk.refusals.join(), /^This is not a Basic header\. Paste all of it/);
    }
  });

  it('offers to enter the id and secret if a pasted header is not UTF-8, and to go back', async () => {
    const latin1 = Buffer.from('acme_dev:Grüße', 'latin1').toString('base64');
    const typeInstead = press('Enter client id and secret instead');
    const { own } = server.clients;
    const session = await desk.signIn([
      ...[here, 'Password', 'Paste the Basic header', `Basic ${latin1}`],
      ...[typeInstead, goBack, latin1, typeInstead, own.id, own.secret],
      ...['jane@acme.com', server.users.plain.password],
    ]);
    assert.equal(session.account.clientId, own.id);
    const paste = desk.asked.filter(({ question }) => question.startsWith('Paste the Basic header'));
    assert.equal(paste.length, 2);
    for (const { refusals } of paste)
      assert.match(refusals.join(), /^This Basic header cannot be read: .* not .*UTF-8/);
  });

  it('asks for the client again when the identity server rejects it, and keeps what was typed', async () => {
    const session = await desk.signIn([
      here,
      'Password',
      'Enter client id and secret',
      'acme_dev',
      'not-its-secret',
      'jane@acme.com',
      server.users.plain.password,
      'Paste the Basic header',
      server.clients.own.basic,
      'jane@acme.com',
      server.users.plain.password,
    ]);
    assert.equal(session.account.clientId, 'acme_dev');
    const again = desk.asked.find(({ question }) => question.includes('rejects'));
    assert.equal(again?.question, `${here} rejects client acme_dev or its secret. Enter it again.`);
  });

  it('offers the documented client once, unless it was entered with another secret', async () => {
    const offered = async (secret: string): Promise<string[]> => {
      await desk.core.clients.save(server.url, server.clients.own);
      await desk.core.clients.save(server.url, { id: 'reltio_ui', secret });
      await assert.rejects(desk.signIn([here, 'Password']), cancelled);
      return desk.asked.at(-1)?.items.filter((item) => item.includes('reltio_ui')) ?? [];
    };
    assert.deepEqual(await offered('secret'), ['reltio_ui: used before']);
    assert.equal((await offered('another one')).length, 2);
  });

  it('asks for the secret of a client that was rejected, which comes first, and not for its id', async () => {
    const { own } = server.clients;
    await desk.core.clients.save(server.url, { id: own.id, secret: 'of last year' });
    await desk.core.clients.save(server.url, { id: 'acme_reports', secret: server.clients.fewScopes.secret });
    const jane = ['jane@acme.com', server.users.plain.password];
    const session = await desk.signIn([here, 'Password', own.id, ...jane, own.id, own.secret, ...jane]);
    assert.equal(session.account.clientId, own.id);
    assert.equal((await desk.core.clients.find(server.url, own.id))?.secret, own.secret);
    const [before, after] = desk.asked.filter(({ question }) => /client/.test(question) && !/^Secret/.test(question));
    assert.deepEqual(before?.items.slice(0, 2), ['acme_reports: used before', 'acme_dev: used before']);
    assert.deepEqual(after?.items.slice(0, 2), [
      'acme_dev: rejected: enter its secret again',
      'acme_reports: used before',
    ]);
  });

  it('asks for the secret again, and says why, if only this client can be used', async () => {
    const { own } = server.clients;
    await desk.core.clients.save(server.url, { id: own.id, secret: 'of last year' });
    const request = { identityServer: server.url, clientId: own.id, user: 'jane@acme.com', method: password } as const;
    const session = await desk.signIn([server.users.plain.password, own.secret, server.users.plain.password], request);
    assert.equal(session.account.clientId, own.id);
    assert.match(
      desk.asked[1]!.question,
      /^127\.0\.0\.1:\d+ rejects client acme_dev or its secret\. Enter it again\. It is stored in VS Code's secret storage/,
    );
  });

  it('leaves out what copying added to a user name, which would cost an attempt', async () => {
    const session = await desk.signIn([
      here,
      'Password',
      'Use reltio_ui',
      '\u200Bjane@acme.com\u200B\u00A0',
      server.users.plain.password,
    ]);
    assert.equal(session.account.user, 'jane@acme.com');
  });

  it('refuses an empty user name and password without asking the server', async () => {
    await assert.rejects(desk.signIn([here, 'Password', 'Use reltio_ui', '', '   ', ' jane@acme.com ', '']), cancelled);
    assert.deepEqual(desk.refusals, [
      'Enter your user name. It is usually your e-mail address.',
      'Enter your user name. It is usually your e-mail address.',
      'Enter your password.',
    ]);
    assert.equal(server.requests.tokenCalls().length, 0);
  });

  it('sends one request for each wrong password and warns from the third on', async () => {
    await assert.rejects(desk.signIn([...jane().slice(0, 4), 'one', 'two', 'three', 'four']), cancelled);
    assert.equal(server.requests.tokenCalls('password').length, 4);
    const refused = 'Reltio does not accept this user name and password. Check both and try again.';
    assert.deepEqual(desk.refusals, [
      refused,
      refused,
      `${refused} Careful: 3 wrong attempts in a row. Reltio locks an account after five.`,
      `${refused} Careful: 4 wrong attempts in a row. Reltio locks an account after five.`,
    ]);
  });

  it('says that an account is locked', async () => {
    server.policy.lockAfter = 1;
    await assert.rejects(desk.signIn([...jane().slice(0, 4), 'wrong', 'wrong']), cancelled);
    assert.match(desk.refusals.at(-1) ?? '', /has locked or disabled this account\. Ask your Reltio administrator/);
  });

  it('asks again after a wrong code without sending the password, and warns at the third', async () => {
    const omar = server.users.withAuthenticator;
    const wrong = omar.code() === '111111' ? '222222' : '111111';
    const answers = [here, 'Password', 'Use reltio_ui', omar.name, omar.password, wrong, 'letters!', wrong, wrong];
    await desk.signIn([...answers, omar.code()]);
    assert.equal(server.requests.tokenCalls('password').length, 1);
    assert.equal(server.requests.tokenCalls('state_token').length, 4);
    assert.deepEqual(desk.refusals, [
      'That code is not correct. Enter the newest one.',
      'Enter the digits of the code.',
      'That code is not correct. Enter the newest one.',
      'That code is not correct. Enter the newest one. Careful: 3 wrong attempts in a row. Reltio locks an account after five.',
    ]);
  });

  it('sends only a text that may be a code, without spaces and dashes', async () => {
    const omar = server.users.withAuthenticator;
    const code = omar.code();
    await desk.signIn([
      ...[here, 'Password', 'Use reltio_ui', omar.name, omar.password],
      ...['abcdef', '12345x', ' - ', '', `${code.slice(0, 3)}-${code.slice(3)} `],
    ]);
    assert.deepEqual(desk.refusals, Array(4).fill('Enter the digits of the code.'));
    assert.deepEqual(
      server.requests.tokenCalls('state_token').map(({ form }) => form['totp']),
      [code],
    );
  });

  for (const [what, written] of [
    ['characters that a page hides in it', (code: string) => `\u200B${code.slice(0, 3)}\u00AD${code.slice(3)}\u200E`],
    ['quotes around it', (code: string) => `“${code}”`],
    ['another dash', (code: string) => `${code.slice(0, 3)}\u2011${code.slice(3)}`],
    ['the full-width digits of an input method', (code: string) => inDigitsFrom(0xff10, code)],
    ['Arabic digits', (code: string) => inDigitsFrom(0x0660, code)],
    ['Persian digits', (code: string) => inDigitsFrom(0x06f0, code)],
  ] as const) {
    it(`sends a code as its digits, with ${what}`, async () => {
      const omar = server.users.withAuthenticator;
      const code = (): Promise<string> => Promise.resolve(written(omar.code()));
      await desk.signIn([here, 'Password', 'Use reltio_ui', omar.name, omar.password, code]);
      assert.deepEqual(desk.refusals, []);
    });
  }

  it('finds the user of an e-mail address that was copied with invisible characters', async () => {
    const { password } = server.users.plain;
    const session = await desk.signIn([here, 'Password', 'Use reltio_ui', 'jane\u200B@acme\u00AD.com ', password]);
    assert.equal(session.account.user, 'jane@acme.com');
    assert.deepEqual(
      server.requests.tokenCalls('password').map(({ form }) => form['username']),
      ['jane@acme.com'],
    );
  });

  it('reads an idp_system as it was copied', async () => {
    const sara = server.users.salesforceOnly;
    const pasted = ['Another one', '“sales\u200Bforce”,', 'Use reltio_ui', sara.name, sara.password];
    const { method } = await desk.signIn([here, 'Password at another identity provider', ...pasted]);
    assert.equal(method['idpSystem'], 'salesforce');
  });

  it('gives screen readers a name for each box', async () => {
    const omar = server.users.withAuthenticator;
    const { own } = server.clients;
    const client = ['Enter client id and secret', own.id, own.secret];
    await desk.signIn([here, 'Password', ...client, omar.name, omar.password, omar.code()]);
    assert.deepEqual(
      desk.asked.slice(-5).map(({ placeholder }) => placeholder),
      [
        'Client id, such as acme_dev',
        'Client secret',
        'User name, such as name@company.com',
        'Password',
        'One-time code, such as 123456',
      ],
    );
  });

  it('opens the page about identity providers during a sign-in at one', async () => {
    const sara = server.users.salesforceOnly;
    const answers = ['Another one', 'salesforce', 'Use reltio_ui', sara.name, sara.password];
    await desk.signIn([here, 'Password at another identity provider', ...answers]);
    const ofProvider = desk.asked.filter(({ help }) => help === helpPages.identityProvider);
    assert.deepEqual(
      ofProvider.map(({ question }) => question.slice(0, 25)),
      ['Which identity provider?', 'The idp_system of your id', 'User name', ofProvider.at(-1)?.question.slice(0, 25)],
    );
  });

  it('shows dots for the password and the code: a browser saves the text of a readable box', async () => {
    const omar = server.users.withAuthenticator;
    await desk.signIn([here, 'Password', 'Use reltio_ui', omar.name, omar.password, omar.code()]);
    assert.deepEqual(
      desk.asked.slice(-3).map(({ secret }) => secret),
      [false, true, true],
    );
  });

  it('asks for the password again when the code has expired, and says why', async () => {
    const omar = server.users.withAuthenticator;
    const prompt = [here, 'Password', 'Use reltio_ui', omar.name, omar.password];
    server.policy.stateTokenLifetime = 0;
    await assert.rejects(desk.signIn([...prompt, '123456']), cancelled);
    assert.equal(
      desk.asked.at(-1)?.question,
      `The one-time code has expired. Enter your password again. It is sent to ${here} and is not stored.`,
    );
  });

  it('says only once why it asks for the password again', async () => {
    const omar = server.users.withAuthenticator;
    const prompt = [here, 'Password', 'Use reltio_ui', omar.name, omar.password];
    server.policy.stateTokenLifetime = 0;
    await assert.rejects(desk.signIn([...prompt, '123456', goBack, omar.name]), cancelled);
    assert.equal(
      desk.asked.at(-1)?.question,
      `${omar.name}: Your Reltio password. It is sent to ${here} and is not stored.`,
    );
  });

  it('asks for the code after the password of an identity provider too', async () => {
    const sara = server.users.salesforceOnly;
    sara.mfa = 'EMAIL';
    const signingIn = desk.signIn([
      here,
      'Password at another identity provider',
      'Another one',
      'no spaces allowed',
      'salesforce',
      'Use reltio_ui',
      sara.name,
      `  ${(sara.idpAccessToken ?? '').replace(/.{500}/g, '$& ')} `,
    ]);
    await assert.rejects(signingIn, cancelled);
    assert.ok(desk.asked.at(-1)?.question.includes('e-mailed'));
    assert.deepEqual(desk.refusals, ['Enter one word, such as salesforce.']);
  });

  it('changes nothing when the user leaves at any step', async () => {
    const answers = jane();
    for (let count = 0; count < answers.length; count++) {
      await assert.rejects(desk.signIn(answers.slice(0, count)), cancelled);
    }
    assert.equal(desk.installation.secrets.values.size, 0);
    assert.equal(server.requests.all.length, 0);
  });

  describe('when nothing suggests that sessions are stored', () => {
    const kept = sampleSession({ id: 'kept' });
    beforeEach(() => {
      const text = JSON.stringify({ version: 1, storeId: 'store', revision: 5, sessions: [kept] });
      desk.installation.secrets.values.set('sessions', text);
    });

    it('shows them, and says so, before the first box', async () => {
      await desk.core.sessions.list();
      assert.deepEqual(desk.core.sessions.known, []);
      await assert.rejects(desk.signIn([]), cancelled);
      assert.deepEqual(desk.core.sessions.known, [kept]);
      assert.deepEqual(desk.found, ['kept']);
    });

    it('says so once, and keeps them beside the new one', async () => {
      const session = await desk.signIn(jane());
      await assert.rejects(desk.signIn([]), cancelled);
      assert.deepEqual(desk.found, ['kept']);
      assert.deepEqual(desk.core.sessions.known.map(({ id }) => id).toSorted(), [session.id, 'kept'].toSorted());
    });

    it('does not report sessions that the storage was expected to hold when it is first opened', async () => {
      desk.installation.stateFile.state = { storeId: 'store', revision: 5, sessions: 1 };
      await assert.rejects(desk.signIn([]), cancelled);
      assert.deepEqual(desk.found, []);
    });

    it('does not open the storage for another extension', async () => {
      assert.deepEqual(await desk.core.sessions.usable(), []);
      assert.deepEqual(desk.core.secrets.reads, []);
    });
  });

  it('sends no password when the sessions were written by a newer version', async () => {
    const text = JSON.stringify({ version: 99, anything: [1] });
    desk.installation.secrets.put('sessions', text);
    desk.installation.stateFile.state = { storeId: 'x', revision: 1, sessions: 1 };
    await assert.rejects(desk.signIn(jane()), (error) => isFailure(error) && error.code === 'storeNewer');
    assert.equal(server.requests.all.length, 0);
    assert.equal(desk.installation.secrets.values.get('sessions'), text);
  });

  it('stops, with a sentence and before any password, when the keyring does not answer', async () => {
    desk.core.secrets.get = () => new Promise(() => undefined);
    const { clock } = desk.installation;
    const before = clock.now();
    await assert.rejects(clock.finish(desk.signIn(jane())), { code: 'sessionsUnreadable' });
    assert.ok(clock.now() - before <= 5_000);
    assert.deepEqual(desk.asked, []);
  });

  it('stores neither session nor client when another window forgets everything before the answer comes', async () => {
    const desk: Desk = new Desk([], {
      send: async () => {
        await desk.installation.clock.pass(10);
        await desk.installation.openCore().real.forget([]);
        await settle();
        return pair('late-token', 'late-refresh');
      },
    });
    const answers = ['Password', 'Use reltio_ui', 'jane@acme.com', 'a password'];
    await assert.rejects(desk.signIn(answers), { code: 'signedOut' });
    assert.deepEqual([...desk.installation.secrets.values.keys()], ['sessions']);
    assert.deepEqual(desk.core.sessions.known, []);
    assert.deepEqual([...desk.memory.values.keys()], []);
  });

  it('stops, with a sentence, when the keyring stores nothing: the next sign-in need not join this one', async () => {
    const desk = new Desk([], { send: () => Promise.resolve(pair('a0', 'r0')) });
    desk.core.secrets.store = () => new Promise(() => undefined);
    const { clock } = desk.installation;
    const before = clock.now();
    const answers = ['Password', 'Use reltio_ui', 'jane@acme.com', 'a password'];
    await assert.rejects(clock.finish(desk.signIn(answers)), { code: 'sessionsUnreadable' });
    assert.ok(clock.now() - before <= 30_000);
  });

  it('signs in over a damaged store and sets the damaged data aside', async () => {
    desk.installation.secrets.put('sessions', '{"version":1,"ses');
    desk.installation.stateFile.state = { storeId: 'x', revision: 1, sessions: 1 };
    await desk.core.sessions.list();
    assert.equal(desk.core.sessions.problem?.code, 'storeDamaged');
    await desk.signIn(jane());
    assert.equal(desk.core.sessions.problem, undefined);
    assert.equal(desk.installation.secrets.values.get('sessions.damaged'), '{"version":1,"ses');
  });

  const faults: readonly [string, Fault, RegExp][] = [
    ['429', { kind: 'tooManyRequests' }, /too many token requests \(HTTP 429\)/],
    ['403', { kind: 'forbidden', shape: 'errorCode804' }, /denies access \(HTTP 403\)/],
    ['503 JSON', { kind: 'serverError', status: 503, body: 'errorCode2001' }, /having problems \(HTTP 503\)/],
    ['502 HTML', { kind: 'serverError', status: 502, body: 'html' }, /having problems \(HTTP 502\)/],
    ['a captive portal', { kind: 'captivePortal' }, /Something other than Reltio answered/],
    ['an empty body', { kind: 'emptyBody' }, /Something other than Reltio answered/],
    ['broken JSON', { kind: 'brokenJson' }, /Something other than Reltio answered/],
    ['null', { kind: 'json', body: null }, /Something other than Reltio answered/],
    ['a number for a token', { kind: 'json', body: { access_token: 7 } }, /sent an answer that cannot be used/],
    ['a redirect', { kind: 'redirect', to: 'https://evil.example/oauth/token' }, /redirected the request \(HTTP 307\)/],
    [
      'a reset',
      { kind: 'resetAfterReading' },
      /cannot be reached: it closed the connection without an answer \((ECONNRESET|UND_ERR_SOCKET)/,
    ],
    ['50 MB', { kind: 'hugeBody' }, /too large to be a token/],
  ];
  for (const [name, fault, sentence] of faults) {
    it(`says one sentence in the box and loses nothing: ${name}`, async () => {
      server.faults.next(fault, { path: '/oauth/token' });
      const session = await desk.signIn([...jane(), server.users.plain.password]);
      assert.equal(desk.refusals.length, 1);
      assert.match(desk.refusals[0] ?? '', sentence);
      assert.match(desk.refusals[0] ?? '', /\.$/);
      assert.equal(session.state, 'signedIn');
      assert.equal(server.requests.tokenCalls('password').length, 2);
    });
  }

  it('says until when the server asks to wait, and sends no password before that', async () => {
    server.faults.next({ kind: 'tooManyRequests', retryAfter: 60 }, { path: '/oauth/token' });
    const { password } = server.users.plain;
    await assert.rejects(desk.signIn([...jane(), password, password]), { code: 'cancelled' });
    assert.equal(desk.refusals.length, 3);
    for (const refusal of desk.refusals) {
      assert.match(refusal, /^127\.0\.0\.1:\d+ asked for a pause until \d\d:\d\d:\d\d\. Try again after that\.$/);
    }
    assert.equal(server.requests.tokenCalls('password').length, 1);
    await desk.installation.clock.pass(60_000);
    assert.equal((await desk.signIn(jane())).state, 'signedIn');
  });

  it('says which host does not resolve', async () => {
    const desk = new Desk([
      { name: 'gone', url: 'https://no-such-host.invalid', authUrl: 'https://no-such-host.invalid' },
    ]);
    const answers = ['no-such-host', 'Send', 'Password', 'Use reltio_ui', 'jane@acme.com', 'a password'];
    await assert.rejects(desk.signIn(answers), cancelled);
    assert.match(
      desk.refusals[0] ?? '',
      /^no-such-host\.invalid was not found \((ENOTFOUND|EAI_AGAIN)\)\. Check the address/,
    );
  });

  it('says which certificate does not verify, and that nothing was sent', async () => {
    const secure = await startIdentityServer({ tls: selfSignedCertificate() });
    const desk = new Desk([{ name: 'private', url: secure.url, authUrl: secure.url }]);
    const host = `127.0.0.1:${secure.port}`;
    await assert.rejects(desk.signIn([host, 'Password', 'Use reltio_ui', 'jane@acme.com', 'a password']), cancelled);
    assert.match(
      desk.refusals[0] ?? '',
      /does not trust the certificate of .* \(DEPTH_ZERO_SELF_SIGNED_CERT\), so nothing was sent/,
    );
    assert.equal(secure.requests.all.length, 0);
    await secure.close();
  });

  describe('at a host outside reltio.com', () => {
    const http = { send: () => Promise.resolve({ kind: 'failure', code: 'unreachable' } as const) };
    const acme = 'https://auth.acme.example:8443';
    const corp = 'https://login.acme.example';
    let foreign: Desk;
    beforeEach(() => {
      foreign = new Desk(
        [
          { name: 'acme', url: 'https://api.acme.example', authUrl: acme },
          { name: 'corp', url: 'https://corp.acme.example', authUrl: corp },
        ],
        http,
      );
    });
    const modals = () => foreign.asked.filter(({ modal }) => modal !== undefined);

    it('asks before the first secret, in a modal that names the host and whose first button sends nothing', async () => {
      await assert.rejects(foreign.signIn(['auth.acme.example:8443', 'Do Not Send', 'Password']), cancelled);
      const { question, items, modal } = foreign.asked.at(-1)!;
      assert.equal(question, 'Send your Reltio secrets to auth.acme.example:8443?');
      assert.deepEqual(items, ['Do Not Send', 'Send']);
      assert.match(modal!, /^auth\.acme\.example:8443 is not a host of reltio\.com\. /);
    });

    it('asks once per host, and again for the next host', async () => {
      await assert.rejects(foreign.signIn(['auth.acme.example:8443', 'Send', 'Password']), cancelled);
      await assert.rejects(foreign.signIn(['auth.acme.example:8443', 'Password']), cancelled);
      assert.deepEqual(modals(), []);
      await assert.rejects(foreign.signIn(['login.acme.example']), cancelled);
      assert.equal(modals()[0]?.question, 'Send your Reltio secrets to login.acme.example?');
      await assert.rejects(foreign.signIn(['auth.reltio.com', 'Password']), cancelled);
      assert.deepEqual(modals(), []);
    });

    it('asks again when the user goes back and chooses another host, and Back skips the modal', async () => {
      const answers = ['auth.acme.example:8443', 'Send', goBack, 'login.acme.example', 'Send', goBack];
      await assert.rejects(foreign.signIn(answers), cancelled);
      assert.equal(modals().length, 2);
      assert.equal(foreign.asked.at(-1)?.question, 'Which identity server signs you in?');
    });

    it('has the host in the title of every box, also of a renewal and of a box that closes by itself', async () => {
      const answers = [
        'Password at another',
        'Another one…',
        'okta',
        'Enter client id and secret',
        'acme_dev',
        'secret',
      ];
      const boxes = [...answers, 'jane@acme.com', 'password'];
      await assert.rejects(foreign.signIn(['auth.acme.example:8443', 'Send', ...boxes]), cancelled);
      const titles = foreign.asked.filter(({ modal }) => modal === undefined).map(({ title }) => title);
      assert.equal(titles.length, 9);
      assert.deepEqual([...new Set(titles)], ['Sign in to Reltio', 'Sign in to Reltio at auth.acme.example:8443']);
      assert.equal(titles.lastIndexOf('Sign in to Reltio'), 0, 'only where the host is yet to be chosen');

      const request = { identityServer: acme, clientId: 'acme_dev', user: 'jane@acme.com', method: password };
      const endsAt = foreign.installation.clock.now() + 300_000;
      await assert.rejects(foreign.signIn(['secret'], { ...request, renews: true }, endsAt), cancelled);
      assert.ok(foreign.asked.length > 0);
      for (const { title } of foreign.asked) {
        assert.match(title, /^Renew the Reltio sign-in at auth\.acme\.example:8443 \(closes at .*\d\d:\d\d\)$/);
      }
    });

    it('has the host in the title of the box for the one-time code too, and of the server that was chosen', async () => {
      const codeNeeded = answer(200, { state_token: { token: 'state', mfaType: 'AUTHENTICATOR', status: 'ENROLLED' } });
      const desk = new Desk(
        [
          { name: 'corp', url: 'https://corp.acme.example', authUrl: corp },
          { name: 'acme', url: 'https://api.acme.example', authUrl: acme },
        ],
        { send: () => Promise.resolve(codeNeeded) },
      );
      const answers = ['auth.acme.example:8443', 'Send', 'Password', 'Use reltio_ui', 'jane@acme.com', 'password'];
      await assert.rejects(desk.signIn(answers), cancelled);
      assert.match(desk.asked.at(-1)!.placeholder, /^One-time code/);
      const titles = desk.asked.slice(2).map(({ title }) => title);
      assert.deepEqual([...new Set(titles)], ['Sign in to Reltio at auth.acme.example:8443']);
    });

    it('shows a long host completely in the question, and its end in the titles', async () => {
      const long = `auth.reltio.com.${'a'.repeat(50)}.acme.example`;
      const desk = new Desk([{ name: 'long', url: 'https://api.acme.example', authUrl: `https://${long}` }], http);
      await assert.rejects(desk.signIn(['…', 'Send']), cancelled);
      assert.equal(desk.asked[1]!.question, `Send your Reltio secrets to ${long}?`);
      assert.equal(desk.asked[2]!.title, `Sign in to Reltio at …${long.slice(-60)}`);
    });

    it('shows a name in other scripts in the form that the network uses, and sends to that host', async () => {
      const sentTo: string[] = [];
      const recording = {
        send: ({ url }: { readonly url: string }) => {
          sentTo.push(new URL(url).host);
          return http.send();
        },
      };
      const lookAlike = 'https://\u0430uth.acme.example'; // begins with a Cyrillic letter
      const desk = new Desk([{ name: 'acme', url: 'https://api.acme.example', authUrl: lookAlike }], recording);
      const answers = ['xn--uth-5cd.acme.example', 'Send', 'Password', 'Use reltio_ui', 'jane@acme.com', 'password'];
      await assert.rejects(desk.signIn(answers), cancelled);
      const shown = desk.asked.find(({ modal }) => modal !== undefined)!;
      assert.equal(shown.question, 'Send your Reltio secrets to xn--uth-5cd.acme.example?');
      assert.deepEqual(sentTo, ['xn--uth-5cd.acme.example']);
    });
  });

  it('names the host that the password goes to', async () => {
    await assert.rejects(desk.signIn(jane().slice(0, 4)), cancelled);
    assert.equal(
      desk.asked.at(-1)?.question,
      `jane@acme.com: Your Reltio password. It is sent to ${here} and is not stored.`,
    );
    const salesforce = ['auth.reltio.com', 'Password at another', 'Salesforce', 'Use reltio_ui', 'jane@acme.com'];
    await assert.rejects(desk.signIn(salesforce), cancelled);
    assert.match(desk.asked.at(-1)?.question ?? '', /It is sent to auth\.reltio\.com and is not stored\.$/);
  });

  it('keeps what was typed when the user goes back', async () => {
    const session = await desk.signIn([
      ...[here, 'Password', 'Enter client id and secret', 'acme_dev', goBack, 'acme_dev', server.clients.own.secret],
      ...['jane@acme.com', goBack, goBack, 'Enter client id and secret', 'acme_dev', server.clients.own.secret],
      ...['jane@acme.com', server.users.plain.password],
    ]);
    assert.equal(session.account.clientId, 'acme_dev');
    const ids = desk.asked.filter(({ question }) => question.startsWith('Client id'));
    assert.deepEqual(
      ids.map(({ value }) => value),
      ['', 'acme_dev', 'acme_dev'],
    );
  });

  it('marks the method of the last sign-in at this server, which comes first', async () => {
    const methods = () => desk.asked.find(({ question }) => question.startsWith('How do you'))?.items ?? [];
    await desk.signIn(jane());
    assert.ok(!methods().join().includes('last used'));
    await assert.rejects(desk.signIn([here]), cancelled);
    assert.equal(methods()[0], 'Password: last used');
    assert.equal(methods().filter((item) => item.includes('last used')).length, 1);
  });

  it('selects again what was chosen when the user goes back to a list', async () => {
    const typed = ['Enter client id and secret', 'acme_dev', server.clients.own.secret];
    await assert.rejects(
      desk.signIn([
        ...[here, 'Password', goBack, 'Password', ...typed, goBack, 'Use reltio_ui', goBack, goBack],
        ...['Password at another', 'Another one…', 'okta', goBack, goBack, goBack],
      ]),
      cancelled,
    );
    const selected = desk.asked.filter(({ items }) => items.length > 0).map((one) => [one.question, one.selected]);
    const [server0, method, clients] = ['Which identity server', 'How do you', 'Which client'].map((start) =>
      selected.filter(([question]) => question?.startsWith(start)).map(([, label]) => label),
    );
    assert.equal(server0?.at(-1), here);
    assert.deepEqual(method?.slice(0, 4), [undefined, 'Password', 'Password', 'Password at another identity provider']);
    assert.deepEqual(clients?.slice(0, 4), [undefined, undefined, 'Enter client id and secret', 'Use reltio_ui']);
  });

  it('goes back from the password to the typed user name, and keeps no password', async () => {
    await desk.signIn([...jane().slice(0, 4), goBack, 'jane@acme.com', server.users.plain.password]);
    const users = desk.asked.filter(({ question }) => question === 'User name');
    assert.deepEqual(
      users.map(({ value }) => value),
      ['', 'jane@acme.com'],
    );
    assert.ok(desk.asked.every(({ value }) => value !== server.users.plain.password));
  });

  it('shows until when it stays open if another extension waits', async () => {
    const { clock } = desk.installation;
    await desk.signIn(jane(), {}, clock.now() + 300_000);
    assert.ok(desk.asked.every(({ title }) => /^Sign in to Reltio \(closes at .*\d\d:\d\d\)$/.test(title)));
  });

  it('asks nothing that the account already answers', async () => {
    await desk.signIn(jane());
    const session = await desk.signIn([server.users.plain.password], {
      identityServer: server.url,
      clientId: 'reltio_ui',
      user: 'jane@acme.com',
      method: { kind: 'password' },
    });
    assert.equal(session.account.user, 'jane@acme.com');
  });
});
