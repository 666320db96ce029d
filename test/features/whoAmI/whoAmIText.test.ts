import assert from 'node:assert/strict';
import { Failure } from '../../../src/core/base/failure';
import type { Session } from '../../../src/core/model/session';
import { withoutRefreshToken } from '../../../src/core/model/tokens';
import type { TokenInfo } from '../../../src/core/oauth/tokenInfo';
import type { Environment } from '../../../src/editor/settings/environments';
import type { Findings } from '../../../src/features/whoAmI/askReltio';
import { whoAmIText } from '../../../src/features/whoAmI/whoAmIText';
import { monday } from '../../fakes/fakeClock';
import { jane, pastedSession, robotSession, sampleSession, sampleTokens } from '../../fakes/sampleSession';

const dev: Environment = {
  name: 'dev',
  url: 'https://dev.reltio.com',
  identityServer: jane.identityServer,
  tenant: 'abc123',
  production: false,
  clientId: undefined,
  mcp: false,
};

const info: TokenInfo = {
  user: 'jane@acme.com',
  email: 'jane.doe@acme.com',
  customer: 'ACME',
  clientId: 'reltio_ui',
  expiresAt: monday + 1_800_000,
  scopes: ['entities_api'],
  tenants: ['abc123', 'empty'],
  roles: new Map([
    ['ROLE_API', ['abc123', 'def456']],
    ['ROLE_READER', ['abc123']],
    ['ROLE_USER', []],
  ]),
};

const findings = (changes: Partial<Findings> = {}): Findings => ({
  session: sampleSession({ tokens: sampleTokens({ accessToken: 's3cret-access', refreshToken: 's3cret-refresh' }) }),
  askedAt: monday,
  check: info,
  environment: { is: dev, tenants: [{ id: 'abc123', name: 'Acme Dev', customer: 'ACME' }, { id: 'def456' }] },
  content: { user: 'jane@acme.com', tenants: ['ACME'], issuer: 'https://auth.reltio.com' },
  ...changes,
});

/** The paragraphs below the title that starts so, line by line, without the indentation of a block. */
const part = (text: string, title: string): string[] => {
  const found = text.split(/^#+ /m).find((one) => one.startsWith(title));
  assert.ok(found !== undefined, text);
  return found
    .split('\n')
    .slice(1)
    .filter((line) => line !== '')
    .map((line) => line.replace(/^ {4}/, ''));
};
const checked = 'What auth.reltio.com says';
const reached = 'Tenants that are listed for your token';
const itself = 'What the token says of itself';
const time = '\\S.* \\d\\d:\\d\\d:\\d\\d \\S+';

describe('Who Am I', () => {
  it('shows user, customer, roles by tenant, scopes and the real expiry, with the time it was asked', () => {
    const text = whoAmIText(findings());
    const [account, asked] = part(text, 'Who am I at Reltio');
    assert.equal(account, 'Account:        jane@acme.com (auth.reltio.com)');
    assert.match(asked ?? '', new RegExp(`^Asked: +${time}$`), 'with the time zone');
    const lines = part(text, checked);
    assert.match(lines[4] ?? '', new RegExp(`^Token expires: +${time}, in 30 min$`));
    lines.splice(4, 1);
    assert.deepEqual(lines, [
      'User:           jane@acme.com',
      'E-mail:         jane.doe@acme.com',
      'Customer:       ACME',
      'Client:         reltio_ui',
      'Access to:      entities',
      'Roles by tenant:',
      '  Acme Dev (abc123): ROLE_API, ROLE_READER',
      '  empty: no role',
      '  def456: ROLE_API',
      '  Without a tenant: ROLE_USER',
    ]);
    assert.deepEqual(part(text, `${reached} in dev (dev.reltio.com)`), [
      'Acme Dev (abc123, ACME, in use)',
      'def456',
      'The list may contain tenants in which you have no role.',
    ]);
    assert.deepEqual(part(text, `${itself} (not verified)`), [
      'Read on this computer and only shown: nothing is decided by it, because only Reltio can check its signature.',
      'User:           jane@acme.com',
      'Tenant:         ACME',
      'Issued by:      auth.reltio.com',
    ]);
    assert.doesNotMatch(text, /s3cret/);
  });

  it('says that a pasted token is never refreshed', () => {
    const [, , note] = part(whoAmIText(findings({ session: pastedSession() })), 'Who am I at Reltio');
    assert.equal(note, 'A pasted token is never refreshed.');
    assert.doesNotMatch(whoAmIText(findings()), /pasted|never/);
  });

  it('says in words when a part is missing, and shows the others', () => {
    const failure = new Failure('serverError', { host: 'auth.reltio.com', status: 404 });
    const noAnswer = whoAmIText(findings({ check: failure }));
    assert.match(part(noAnswer, checked).join(), /^Not known\. auth\.reltio\.com is having problems \(HTTP 404\)/);
    assert.deepEqual(part(noAnswer, reached).length, 3);

    const forbidden = whoAmIText(
      findings({ environment: { is: dev, tenants: new Failure('forbidden', { host: 'dev.reltio.com' }) } }),
    );
    assert.match(part(forbidden, reached).join(), /^Not known\. dev\.reltio\.com denies access/);
    assert.match(part(forbidden, checked).join('\n'), /^ {2}abc123: ROLE_API, ROLE_READER$/m);

    const alone = whoAmIText(findings({ check: 'noClient', environment: 'none', content: 'opaque' }));
    assert.match(
      part(alone, checked).join(),
      /that of this account is not stored here\. Run "Reltio: Update Client Secret"\.$/,
    );
    assert.match(part(alone, reached).join(), /no environment for this account\. Run "Reltio: Add Environment"/);
    assert.match(part(alone, itself).join(), /Nothing that can be read/);

    const bad = whoAmIText(
      findings({ check: 'notValid', environment: { is: dev, tenants: [] }, content: 'unreadable' }),
    );
    assert.deepEqual(part(bad, checked), [
      'Nothing: auth.reltio.com does not know it. dev.reltio.com accepts it, so another server issued it.',
    ]);
    assert.deepEqual(part(bad, reached), ['None. dev.reltio.com answered, but lists no tenant for this token.']);
    assert.match(part(bad, itself).join(), /^Nothing that can be read: the token is damaged/);

    const empty = { tenants: [], roles: new Map<string, string[]>(), scopes: [] };
    const nothing = {
      user: undefined,
      email: undefined,
      customer: undefined,
      clientId: undefined,
      mcp: false,
      expiresAt: undefined,
    };
    const unstated = findings({
      check: { ...empty, ...nothing },
      content: { user: undefined, tenants: [], issuer: undefined },
    });
    const lines = part(whoAmIText(unstated), checked);
    assert.match(lines.splice(4, 1).join(), /^Token expires: +not stated; as far as VS Code knows, .*:\d\d \S+$/);
    assert.deepEqual(lines, [
      'User:           not stated',
      'E-mail:         not stated',
      'Customer:       not stated',
      'Client:         not stated',
      'Access to:      configuration and entities',
      'Roles: none were named',
    ]);
    assert.deepEqual(part(whoAmIText(unstated), itself).slice(1), [
      'User:           not stated',
      'Tenant:         not stated',
      'Issued by:      not stated',
    ]);
  });

  it('says why no environment was asked, and what to do about it', () => {
    const says = (environment: Findings['environment']) => part(whoAmIText(findings({ environment })), reached).join();
    assert.match(says('none'), /"Reltio: Add Environment"/);
    assert.match(says('notChosen'), /"Reltio: Switch Environment"/);
    assert.match(says('notAllowed'), /you did not allow .*"Reltio: Who Am I" again/);
  });

  it('proposes only what can get another token for this session', () => {
    const refused = new Failure('tokenNotAccepted', { host: 'dev.reltio.com', status: 401 });
    for (const [session, step] of [
      [sampleSession(), 'Run "Reltio: Refresh Access Token".'],
      [robotSession(), 'Run "Reltio: Refresh Access Token".'],
      [sampleSession({ tokens: withoutRefreshToken(sampleTokens()) }), 'Run "Reltio: Renew Sign-In".'],
      [pastedSession(), 'Run "Reltio: Sign In" and paste another token.'],
    ] as const) {
      const text = whoAmIText(findings({ session, check: 'notValid', environment: { is: dev, tenants: refused } }));
      assert.deepEqual(part(text, checked), [`The token is not valid. ${step}`]);
      assert.deepEqual(part(text, reached), [
        `Not known. dev.reltio.com does not accept your token (HTTP 401). ${step} If that does not help, check "authUrl" of ` +
          'this environment in reltioAuth.environments.',
      ]);
    }
  });

  it('asks nobody for the secret of a client that a pasted token or a login page brought', () => {
    const says = (session: Session) => part(whoAmIText(findings({ session, check: 'noClient' })), checked).join();
    assert.match(says(pastedSession()), /no client that it accepts is stored here\.$/);
    const page = { kind: 'loginPage', registersClient: true } as const;
    assert.match(says(sampleSession({ method: page })), /Run "Reltio: Sign In"\.$/);
  });

  it('says that the user of a client is made up, and that another server has issued a token', () => {
    const content = { user: undefined, tenants: [], issuer: 'https://auth-9.reltio.com/x' };
    const text = whoAmIText(findings({ session: robotSession(), content }));
    const lines = part(text, checked);
    assert.equal(lines[0], 'User:           jane@acme.com, made up by Reltio for this client');
    assert.ok(!lines.some((line) => line.startsWith('E-mail')));
    assert.equal(
      part(text, itself).at(-1),
      'Issued by:      auth-9.reltio.com, not auth.reltio.com: then only auth-9.reltio.com can check and refresh it',
    );
  });

  it('says that production is production, and that an expired token has expired', () => {
    const production = { ...dev, name: 'prod', production: true };
    const text = whoAmIText(
      findings({ environment: { is: production, tenants: [] }, check: { ...info, expiresAt: monday - 60_000 } }),
    );
    assert.match(text, /for your token in prod \(dev\.reltio\.com, production\)/);
    assert.match(part(text, checked).join('\n'), /^Token expires: .*: it has expired$/m);
  });

  it('shows in a Markdown preview what it shows as text: what others wrote stands in blocks', () => {
    const text = whoAmIText(
      findings({ session: sampleSession({ account: { ...jane, user: 'www.evil.example *x* _y_' } }) }),
    );
    for (const line of text.split('\n')) {
      assert.ok(line === '' || /^( {4}|#{1,2} \S|[A-Z])/.test(line), line);
      assert.ok(line.startsWith('    ') || !/evil|Acme|ROLE_/.test(line), line);
    }
    assert.doesNotMatch(text, /[^\n]\n {4}(?! )[^\n]*\n[^ \n]/, 'a block ends with an empty line');
  });

  it('makes every text from outside harmless, and stays readable whatever comes', () => {
    const evil = '[x](command:evil)\n\nWhat auth.reltio.com says of your token\u202e `$(icon)';
    const many = Array.from({ length: 500 }, (_, index) => `tenant-${index}`);
    const text = whoAmIText(
      findings({
        session: sampleSession({ account: { ...jane, user: evil } }),
        check: {
          user: evil,
          email: evil,
          customer: evil,
          clientId: evil,
          expiresAt: undefined,
          scopes: [evil],
          tenants: [evil, ...many],
          roles: new Map([
            [evil, [evil]],
            [`${evil}2`, []],
          ]),
        },
        environment: {
          is: { ...dev, name: evil },
          tenants: [{ id: evil, name: evil, customer: evil }, ...many.map((id) => ({ id }))],
        },
        content: { user: evil, tenants: [evil], issuer: evil },
      }),
    );
    assert.doesNotMatch(text, /[[\]`\u202e]|\$\(/);
    assert.equal(text.match(/^#/gm)?.length, 4, text.slice(0, 500));
    assert.ok(text.split('\n').length < 150, String(text.split('\n').length));
    assert.match(text, /and 451 more/);
  });

  it('shows the largest answer at once', () => {
    const many = (count: number, one: (index: number) => string): string[] =>
      Array.from({ length: count }, (_none, index) => one(index));
    const tenants = many(60_000, (index) => `t${index}`);
    const roles = new Map<string, readonly string[]>([
      ...many(60_000, (index) => `role${index}`).map((role) => [role, ['abc123']] as const),
      ['ROLE_API', tenants],
    ]);
    const reached = { is: dev, tenants: tenants.map((id) => ({ id, name: `Tenant ${id}` })) };
    const started = performance.now();
    const text = whoAmIText(findings({ check: { ...info, tenants, roles }, environment: reached }));
    assert.ok(performance.now() - started < 1_500, `${performance.now() - started} ms`);
    assert.ok(text.length < 100_000);
    assert.match(text, /Tenant t1 \(t1\): ROLE_API/);
  });
});
