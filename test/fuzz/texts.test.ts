import assert from 'node:assert/strict';
import fc from 'fast-check';
import { isUnder, checkAddress, isLoopback, mayReceiveSecrets } from '../../src/core/trust/trustedHosts';
import { shouldBypassProxy } from '../../src/core/network/noProxy';
import { parseProxy } from '../../src/core/network/proxyAddress';
import { basicHeader, parseBasicHeader } from '../../src/core/oauth/client';
import { ScopeRequest } from '../../src/features/provider/scopeRequest';
import { isReadable, wantedAccount } from '../../src/features/provider/wantedAccount';
import { accountId, accountLabel, parseAccountId } from '../../src/core/model/account';
import { clientFromHeader, clientFromSecret, clientIdFrom } from '../../src/features/signIn/enteredClient';
import { takesHeader } from '../../src/features/signIn/pastedHeader';
import type { Environment } from '../../src/editor/settings/environments';
import { sampleSession } from '../fakes/sampleSession';
import { canary } from './hostile';
import { mutated, mutatedString } from './mutations';
import { fuzz } from './fuzz';

const base64 = (text: string): string => Buffer.from(text).toString('base64');
const dev: Environment = {
  name: 'dev',
  url: 'https://dev.reltio.com',
  identityServer: 'https://auth.reltio.com',
  tenant: undefined,
  production: false,
  clientId: undefined,
  mcp: false,
};
const corp: Environment = { ...dev, name: 'corp', identityServer: 'https://login.acme.com', clientId: 'acme' };
const isControlled = (text: string): boolean => /\p{Cc}/u.test(text.replace(/[\u0080-\u009f]/g, ''));

/** A refusal has one of our sentences and is not an accidental error. */
function assertRefusal(error: unknown): void {
  assert.ok(
    error instanceof Error && !['TypeError', 'RangeError', 'URIError'].includes(error.constructor.name),
    String(error),
  );
}

describe('hostile texts', () => {
  fuzz(
    'a pasted Basic header',
    mutatedString(
      `Basic ${base64(`acme:${canary}`)}`,
      `Authorization: Basic ${base64(`acme:${canary}`)}`,
      `"basic ${base64(`\ufeffjürgen:${canary}\r\n`)}"`,
      base64(`reltio_ui:${canary}`),
      'reltio_ui',
      canary,
    ),
    (text) => {
      const read = parseBasicHeader(text);
      for (const submitted of [clientFromHeader(text), clientIdFrom(text), clientFromSecret('acme', text)]) {
        if (submitted.kind === 'refused') {
          assert.ok(!submitted.sentence.includes(canary) && !submitted.sentence.includes(base64(`acme:${canary}`)));
        }
      }
      const taken = takesHeader(text);
      if (typeof read !== 'object') return 'refused';
      assert.ok(read.id !== '' && read.secret !== '' && !read.id.includes(':'));
      assert.ok(!isControlled(read.id + read.secret), 'a header contains no control character');
      assert.deepEqual(parseBasicHeader(basicHeader(read)), read, 'unchanged when written and read again');
      if (text.length > 40) assert.notEqual(taken, 'readable', 'a complete header does not stay readable');
      return 'accepted';
    },
  );

  fuzz(
    'the address of a server',
    mutatedString(
      'https://auth.reltio.com',
      'https://auth.reltio.com:8443/',
      'http://127.0.0.1:8080',
      'http://[::1]:3000',
      'https://login.acme.com',
      'https://jane:pw@auth.reltio.com',
      'https://auth.reltio.com.evil.example',
    ),
    (text) => {
      const trusted = ['reltio.com', 'acme.com'];
      const checked = checkAddress(text, trusted);
      mayReceiveSecrets(text, trusted);
      if (!checked.ok) return 'refused';
      const url = new URL(checked.origin);
      assert.equal(url.origin, checked.origin);
      assert.equal(url.host, checked.host);
      assert.ok(isLoopback(url.hostname) || (url.protocol === 'https:' && isUnder(url.hostname, trusted)), text);
      assert.deepEqual(checkAddress(checked.origin, trusted), checked, 'unchanged when written and read again');
      return 'accepted';
    },
  );

  fuzz(
    'the address of a proxy',
    fc.tuple(
      mutatedString(
        'http://proxy.acme.com:8080',
        'https://proxy.acme.com',
        `http://jane:${canary}@proxy.acme.com:8080`,
        'http://ACME%5Cjane:p%40ss@10.0.0.1:3128/',
        'socks5://proxy.acme.com:1080',
        'proxy.acme.com:8080',
      ),
      fc.array(mutatedString('reltio.com', '.acme.com:443', '*', 'localhost'), { maxLength: 2 }),
    ),
    ([text, noProxy]) => {
      shouldBypassProxy(new URL('https://auth.reltio.com'), noProxy);
      const proxy = parseProxy(text);
      if (proxy === undefined) return 'refused';
      assert.ok(!proxy.origin.includes('@') && !proxy.origin.includes(canary) && !proxy.host.includes(canary), text);
      assert.match(proxy.authorization ?? 'Basic ', /^Basic [A-Za-z0-9+/=]*$/);
      assert.deepEqual(parseProxy(proxy.origin)?.host, proxy.host);
      return 'accepted';
    },
  );

  fuzz(
    'the scopes that a consumer asks for',
    fc.array(mutatedString('entities_api', 'configuration_api', 'RELTIO_ENVIRONMENT:dev', 'RELTIO_ENVIRONMENT:corp'), {
      maxLength: 4,
    }),
    (scopes) => {
      const before = [...scopes];
      try {
        const request = ScopeRequest.parse(scopes, [dev, corp], new Map([['left out', 'It is left out.']]));
        assert.deepEqual(request.original, before, 'exactly as asked');
        const fits = request.fits(sampleSession());
        assert.equal(fits, request.isOfEnvironment(sampleSession()) && request.missing(sampleSession()).length === 0);
        return 'accepted';
      } catch (error) {
        assertRefusal(error);
        return 'refused';
      }
    },
  );

  const jane = sampleSession();
  const omar = sampleSession({
    id: 'omar',
    account: { identityServer: 'https://login.acme.com', clientId: 'acme', user: 'omar@acme.com' },
  });
  const asked = [jane, omar].map(({ account }) => ({ id: accountId(account), label: accountLabel(account) }));

  fuzz(
    'the account that a consumer asks for',
    fc.tuple(mutated(...asked, { id: 'github-1', label: 'jane' }), fc.constantFrom([], ['RELTIO_ENVIRONMENT:corp'])),
    ([account, scopes]) => {
      if (typeof account !== 'object' || account === null) return 'refused'; // VS Code refuses it first
      const question = account as (typeof asked)[number];
      const request = ScopeRequest.parse(scopes, [dev, corp]);
      const servers = ['https://auth.reltio.com', 'https://login.acme.com'];
      try {
        isReadable(question, [jane, omar]);
        const wanted = wantedAccount(request, question, [jane, omar], servers);
        assert.ok(wanted.identityServer === undefined || servers.includes(wanted.identityServer));
        return wanted.user === undefined ? 'refused' : 'accepted';
      } catch (error) {
        assertRefusal(error);
        return 'refused';
      }
    },
  );

  fuzz('an account id', mutatedString(...asked.map(({ id }) => id)), (id) => {
    const account = parseAccountId(id);
    if (account === undefined) return 'refused';
    if (account.identityServer === 'null') return 'refused';
    const printed = accountId(account);
    assert.equal(accountId(parseAccountId(printed) ?? account), printed, 'unchanged when written and read again');
    return 'accepted';
  });
});
