import assert from 'node:assert/strict';
import { Failure } from '../../../src/core/base/failure';
import type { TokenInfo } from '../../../src/core/oauth/tokenInfo';
import type { Environment } from '../../../src/editor/settings/environments';
import type { Findings } from '../../../src/features/whoAmI/askReltio';
import { whoAmIText } from '../../../src/features/whoAmI/whoAmIText';
import { monday } from '../../fakes/fakeClock';
import { jane, pastedSession, sampleSession, sampleTokens } from '../../fakes/sampleSession';

const dev: Environment = {
  name: 'dev',
  url: 'https://dev.reltio.com',
  identityServer: jane.identityServer,
  tenant: 'abc123',
  production: false,
  clientId: undefined,
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

/** The lines of the part whose title starts so. */
const part = (text: string, title: string): string[] => {
  const found = text
    .trimEnd()
    .split('\n\n')
    .find((one) => one.startsWith(title));
  assert.ok(found !== undefined, text);
  return found
    .split('\n')
    .slice(1)
    .map((line) => line.slice(2));
};
const checked = 'What auth.reltio.com says';
const reached = 'Tenants that your token reaches';
const itself = 'What the token says of itself';

describe('Who Am I', () => {
  it('shows user, customer, roles by tenant, scopes and the real expiry, with the time it was asked', () => {
    const text = whoAmIText(findings());
    assert.match(text, /^Who am I at Reltio\n\njane@acme\.com \(auth\.reltio\.com\)\nAsked at \d\d:\d\d:\d\d\n/);
    const lines = part(text, checked);
    assert.match(lines[4] ?? '', /^Token expires: +\d\d:\d\d, 30 min left$/);
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
    assert.deepEqual(part(text, `${reached} in dev (dev.reltio.com)`), ['Acme Dev (abc123, ACME, in use)', 'def456']);
    assert.deepEqual(part(text, `${itself} (not verified)`), [
      'User:           jane@acme.com',
      'Tenant:         ACME',
      'Issued by:      auth.reltio.com',
      'Read on this computer, for display only. Only Reltio can check its signature.',
    ]);
    assert.doesNotMatch(text, /s3cret/);
  });

  it('says that a pasted token is never refreshed', () => {
    assert.match(
      whoAmIText(findings({ session: pastedSession() })),
      /^Who am I at Reltio\n\njane@acme\.com \(auth\.reltio\.com\) · pasted token\nA pasted token is never refreshed\.\nAsked at /,
    );
    assert.doesNotMatch(whoAmIText(findings()), /pasted|never/);
  });

  it('says in words when a part is missing, and shows the others', () => {
    const failure = new Failure('serverError', { host: 'auth.reltio.com', status: 404 });
    const noAnswer = whoAmIText(findings({ check: failure }));
    assert.match(part(noAnswer, checked).join(), /^No answer: auth\.reltio\.com is having problems \(HTTP 404\)/);
    assert.deepEqual(part(noAnswer, reached).length, 2);

    const forbidden = whoAmIText(
      findings({ environment: { is: dev, tenants: new Failure('forbidden', { host: 'dev.reltio.com' }) } }),
    );
    assert.match(part(forbidden, reached).join(), /^No answer: /);
    assert.match(part(forbidden, checked).join('\n'), /^ {2}abc123: ROLE_API, ROLE_READER$/m);

    const alone = whoAmIText(findings({ check: 'noClient', environment: undefined, content: 'opaque' }));
    assert.match(part(alone, checked).join(), /no client secret is stored/);
    assert.match(part(alone, reached).join(), /with "Reltio: Switch Environment"/);
    assert.match(part(alone, itself).join(), /Nothing that can be read/);

    const bad = whoAmIText(
      findings({ check: 'notValid', environment: { is: dev, tenants: [] }, content: 'unreadable' }),
    );
    assert.match(part(bad, checked).join(), /not valid\. Run "Reltio: Refresh Access Token"/);
    assert.deepEqual(part(bad, reached), ['None.']);
    assert.deepEqual(part(bad, itself), ['It could not be unpacked.']);

    const empty = { tenants: [], roles: new Map<string, string[]>(), scopes: [] };
    const nothing = {
      user: undefined,
      email: undefined,
      customer: undefined,
      clientId: undefined,
      expiresAt: undefined,
    };
    const lines = part(whoAmIText(findings({ check: { ...empty, ...nothing } })), checked);
    assert.deepEqual(lines, ['Access to:      configuration and entities', 'Roles: none were named']);
  });

  it('says that production is production, and that an expired token has expired', () => {
    const production = { ...dev, name: 'prod', production: true };
    const text = whoAmIText(
      findings({ environment: { is: production, tenants: [] }, check: { ...info, expiresAt: monday - 60_000 } }),
    );
    assert.match(text, /reaches in prod \(dev\.reltio\.com, production\)/);
    assert.match(part(text, checked).join('\n'), /^Token expires: .*: it has expired$/m);
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
    assert.equal(text.split('\n\n').length, 5, text.slice(0, 500));
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
