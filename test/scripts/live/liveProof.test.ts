import assert from 'node:assert/strict';
import { liveProof } from '../../../scripts/live/liveProof';
import type { Person } from '../../../scripts/live/person';
import { hostFetch } from '../../../src/core/network/hostFetch';
import { systemClock } from '../../../src/core/base/clock';
import { startIdentityServer, type IdentityServer, type Policy } from '../../identity/server';

/** Answers by the beginning of the question; what was said and asked is kept. */
class ScriptedPerson implements Person {
  readonly heard: string[] = [];
  readonly agreedTo: string[] = [];

  constructor(
    private readonly answers: Readonly<Record<string, string>>,
    private readonly says: (question: string) => boolean,
  ) {}

  say(line: string): void {
    this.heard.push(line);
  }

  ask(question: string): Promise<string> {
    const key = Object.keys(this.answers).find((start) => question.startsWith(start));
    assert.ok(key !== undefined, `not expected: ${question}`);
    return Promise.resolve(this.answers[key] ?? '');
  }

  askSecret(question: string): Promise<string> {
    return this.ask(question);
  }

  agrees(question: string): Promise<boolean> {
    const agreed = this.says(question);
    if (agreed) this.agreedTo.push(question);
    return Promise.resolve(agreed);
  }
}

describe('npm run live', () => {
  let identity: IdentityServer;
  beforeEach(async () => {
    identity = await startIdentityServer();
  });
  afterEach(() => identity.close());

  const http = hostFetch({ userAgent: 'test', mayReceiveSecrets: () => Promise.resolve(true) });
  const section = (report: string, title: string): string =>
    report.split('\n## ').find((part) => part.startsWith(title)) ?? assert.fail(`no "${title}" in\n${report}`);

  function answers(more: Readonly<Record<string, string>> = {}): Readonly<Record<string, string>> {
    const { own } = identity.clients;
    const { plain } = identity.users;
    return {
      'Identity server': identity.url,
      'API address': identity.url,
      'Client id': own.id,
      'Secret of': own.secret,
      'User name': plain.name,
      Password: plain.password,
      'One-time code': '',
      ...more,
    };
  }

  async function run(person: ScriptedPerson): Promise<string> {
    return await liveProof({ person, http, clock: systemClock, version: '1.2.3', pause: 0 });
  }

  async function reportWith(policy: Partial<Policy>): Promise<string> {
    Object.assign(identity.policy, policy);
    return await run(new ScriptedPerson(answers(), () => true));
  }

  it('sends nothing that may sign out other tools without a yes', async () => {
    const person = new ScriptedPerson(answers(), () => false);
    const report = await run(person);
    assert.equal([...report.matchAll(/^- left out$/gm)].length, 4);
    const sent = identity.requests.all.map(({ path, form }) => [path, form]);
    const tokens = identity.issuedTokens();
    for (const [path, form] of sent) {
      const grant = (form as Readonly<Record<string, string>>)['grant_type'];
      const token = Object.values(form as Readonly<Record<string, string>>).find((value) => tokens.includes(value));
      assert.ok(grant !== 'refresh_token' || token === undefined, 'no refresh with a real token');
      assert.ok(path !== '/oauth/revoke' || token === undefined, 'no revoke of a real token');
    }
    assert.equal(sent.filter(([, form]) => (form as { grant_type?: string }).grant_type === 'password').length, 1);
  });

  it('asks each question with few calls, and counts them', async () => {
    const person = new ScriptedPerson(answers(), () => true);
    const report = await run(person);
    const { length } = identity.requests.all;
    assert.ok(length <= 22, `${length} calls`);
    assert.match(report, new RegExp(`, ${length} calls\\n`));
    assert.equal(person.agreedTo.length, 4);
  });

  it('has nothing secret and nobody’s name in the report, and nothing secret on the screen', async () => {
    for (const policy of [
      { tokenForm: 'uuid' },
      { tokenForm: 'reltio', refreshReturns: 'rotatedPair', secondLoginReturns: 'newPair' },
      { tokenForm: 'severalKilobytes', invalidRefreshToken: 'invalidToken401', badClientError: 'invalid_client' },
    ] as const) {
      Object.assign(identity.policy, policy);
      const person = new ScriptedPerson(answers(), () => true);
      const report = await run(person);
      const { plain } = identity.users;
      const { own } = identity.clients;
      const secrets = [...identity.issuedTokens(), plain.password, own.secret];
      for (const secret of secrets) {
        assert.ok(!report.includes(secret) && !person.heard.join('\n').includes(secret), secret);
      }
      for (const personal of [plain.name, plain.email, 'jane', 'acme', own.id, '127.0.0.1', ...plain.tenants]) {
        assert.ok(!report.toLowerCase().includes(personal.toLowerCase()), personal);
      }
    }
  });

  it('tells what a refresh returns before the token expires, and whether the one before stays valid', async () => {
    const title = 'What does a refresh return';
    const [kept, rotated, revoked] = [
      section(await reportWith({ refreshReturns: 'samePairSameExpiry' }), title),
      section(await reportWith({ refreshReturns: 'rotatedPair', refreshRevokesOlderAccessToken: false }), title),
      section(await reportWith({ refreshReturns: 'rotatedPair', refreshRevokesOlderAccessToken: true }), title),
    ];
    assert.match(kept, /access token: the same\n- refresh token: the same/);
    assert.match(rotated, /access token: a new one\n- refresh token: a new one/);
    assert.match(rotated, /the access token before it is valid/);
    assert.match(revoked, /the access token before it is not valid/);
  });

  it('tells whether a second sign-in returns the same tokens', async () => {
    const title = 'Does a second sign-in';
    assert.match(section(await reportWith({ secondLoginReturns: 'samePair' }), title), /access token: the same/);
    assert.match(section(await reportWith({ secondLoginReturns: 'newPair' }), title), /access token: a new one/);
  });

  it('tells how tokens, clients and refresh tokens are refused', async () => {
    const report = await reportWith({ invalidRefreshToken: 'invalidToken401', badClientError: 'invalid_client' });
    assert.match(section(report, 'How is a refresh token refused'), /HTTP 401.*error "invalid_token"/);
    assert.match(section(report, 'How is a wrong client secret'), /HTTP 401.*error "invalid_client"/);
    const other = await reportWith({ invalidRefreshToken: 'invalidGrant400', badClientError: 'unauthorized' });
    assert.match(section(other, 'How is a refresh token refused'), /HTTP 400.*error "invalid_grant"/);
    assert.match(section(other, 'How is a refresh token refused'), /error_description "Invalid refresh token: …"/i);
  });

  it('tells the unit of an expiration', async () => {
    for (const expirationUnit of ['seconds', 'milliseconds'] as const) {
      const report = await reportWith({ expirationUnit });
      assert.match(section(report, 'What does checkToken say'), new RegExp(`is in ${expirationUnit}, -?[01] s from`));
    }
  });

  it('tells what a revoke ends, in the form and where only the query works', async () => {
    const report = await reportWith({ revokeTakes: 'both' });
    assert.match(section(report, 'What happens to a login'), /the access token is not valid\n- a refresh with.*HTTP 4/);
    assert.match(
      section(await reportWith({ revokeTakes: 'query' }), 'What happens to a login'),
      /token in the form: HTTP 400/,
    );
  });

  it('signs in with a one-time code', async () => {
    const { withAuthenticator } = identity.users;
    const wishes = answers({ 'User name': withAuthenticator.name, Password: withAuthenticator.password });
    const person = new ScriptedPerson({ ...wishes, 'One-time code': withAuthenticator.code() }, () => true);
    const report = await run(person);
    assert.match(section(report, 'What does a sign-in return'), /state_token \{ [^}]*mfaType "AUTHENTICATOR"/);
    assert.match(section(report, 'Does a second sign-in'), /asks for another one-time code/);
  });

  it('lets a client sign in itself, and leaves out what needs a refresh token', async () => {
    const { batch } = identity.clients;
    const report = await run(
      new ScriptedPerson(
        answers({ 'Client id': batch.id, 'Secret of': batch.secret, 'User name': '', 'API address': '' }),
        () => true,
      ),
    );
    assert.match(report, /Signed in with client credentials, a client of the customer/);
    assert.doesNotMatch(report, /What does a refresh return|How does the environment answer/);
  });

  it('sends a password once, and nothing after it if it is wrong', async () => {
    const person = new ScriptedPerson(answers({ Password: 'wrong' }), () => true);
    await assert.rejects(run(person), (error: Error) => {
      assert.match(error.message, /brought no token: HTTP 400.*invalid_grant/);
      assert.ok(!error.message.includes('jane'));
      return true;
    });
    assert.equal(identity.requests.all.length, 1);
  });

  it('stops at the first request to pause, and reports what it has', async () => {
    const person = new ScriptedPerson(answers(), () => true);
    const limited: typeof http = {
      send: async (request, signal) =>
        request.url.endsWith('/oauth/revoke')
          ? { kind: 'response', status: 429, headers: {}, body: '' }
          : await http.send(request, signal),
    };
    const report = await liveProof({ person, http: limited, clock: systemClock, version: '1.2.3', pause: 0 });
    assert.match(report, /## Stopped early\n\n- HTTP 429/);
    assert.doesNotMatch(report, /wrong client secret/);
  });

  it('goes on where a server does not answer', async () => {
    const person = new ScriptedPerson(answers(), () => true);
    const failing: typeof http = {
      send: async (request, signal) =>
        request.url.endsWith('/oauth/checkToken')
          ? { kind: 'failure', code: 'unreachable', nodeCode: 'ECONNRESET' }
          : await http.send(request, signal),
    };
    const report = await liveProof({ person, http: failing, clock: systemClock, version: '1.2.3', pause: 0 });
    assert.match(section(report, 'Does checkToken need a client'), /no answer \(unreachable, ECONNRESET\)/);
    assert.match(report, /What happens to a login/);
  });

  describe('sends nothing', () => {
    const refused = async (wishes: Readonly<Record<string, string>>, message: RegExp): Promise<void> => {
      await assert.rejects(run(new ScriptedPerson(answers(wishes), () => false)), message);
      assert.equal(identity.requests.all.length, 0);
    };

    it('to a host outside reltio.com without a yes', () =>
      refused({ 'Identity server': 'https://auth.example.com' }, /Nothing was sent/));
    it('over plain http', () => refused({ 'Identity server': 'http://auth.reltio.com' }, /Nothing was sent/));
    it('to an address with a password in it', () =>
      refused({ 'Identity server': 'https://jane:pw@auth.reltio.com' }, /^(?!.*pw).*Nothing was sent/));
    it('to a plain http environment with a token of https', () =>
      refused({ 'Identity server': 'https://auth.reltio.com' }, /must not go to an address with http/));
  });
});
