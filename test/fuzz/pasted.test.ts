import '../fakes/fakeVscode';
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { checkRedirect } from '../../src/core/browserSignIn/redirect';
import { isTenantId } from '../../src/core/dataApi/tenant';
import { checkAddress, isLoopback } from '../../src/core/trust/trustedHosts';
import { readEnvironmentLink } from '../../src/editor/settings/environmentLink';
import { parseRedirect } from '../../src/editor/settings/redirectSetting';
import { importable } from '../../src/features/environments/importable';
import { destinationOf } from '../../src/features/handoff/requestFiles/destination';
import { NotSent } from '../../src/features/handoff/requestFiles/notSent';
import { placeOfToken, placeholder } from '../../src/features/handoff/requestFiles/placeholder';
import { expiryIn } from '../../src/features/signIn/pastedToken/expiryText';
import { tokenIn } from '../../src/features/signIn/pastedToken/tokenText';
import { monday } from '../fakes/fakeClock';
import { sampleEnvironment } from '../fakes/sampleEnvironment';
import { jane } from '../fakes/sampleSession';
import { fuzz } from './fuzz';
import { canary, hostileTexts, oddValues } from './hostile';
import { mutated, mutatedString } from './mutations';

const trusted = ['reltio.com', 'acme.com'];
const isOrigin = (address: string): boolean => {
  const checked = checkAddress(address, trusted);
  return checked.ok && checked.origin === address;
};

describe('hostile pasted texts', () => {
  const token = `s.${'aB3-_~+/'.repeat(8)}.sig==`;
  fuzz(
    'an access token',
    mutatedString(
      token,
      `Authorization: Bearer ${token}`,
      `"access_token": "${token}",`,
      `RELTIO_TOKEN=${token.slice(0, 30)}\n    ${token.slice(30)}`,
      `Basic ${Buffer.from(`acme:${canary}`).toString('base64')}`,
      'e2db1a57-d21e-4b2c-a8f6-2c0a5bcb2b1d',
    ),
    (text) => {
      const read = tokenIn(text);
      if (read.kind !== 'accepted') {
        assert.ok(read.kind === 'refused' && read.clear === true && read.sentence.length < 200);
        return 'refused';
      }
      assert.match(read.value, /^[\w.~+/=-]{20,65536}$/, 'a header and a shell take it as it is');
      assert.deepEqual(tokenIn(read.value), read, 'unchanged when read again');
      return 'accepted';
    },
  );

  fuzz('when it expires', mutatedString('45', '45 min', '3599 s', '15:30', '3 pm', '11.45', '23:59:59'), (text) => {
    const read = expiryIn(text, monday);
    if (read.kind !== 'accepted') return 'refused';
    assert.ok(Number.isFinite(read.value) && read.value > monday && read.value <= monday + 28 * 86_400_000);
    return 'accepted';
  });

  fuzz(
    'the link of an environment',
    mutatedString(
      'https://dev.reltio.com/ui/AcmeDev01',
      'dev',
      'test.reltio.com/reltio/api/AcmeDev01/entities?x=1#y',
      'http://localhost:8080/nui/a',
      `https://jane:${canary}@dev.reltio.com`,
      'https://dev.reltio.com.evil.example/ui/x',
    ),
    (text) => {
      const link = readEnvironmentLink(text, trusted);
      if (link.kind === 'refused') {
        assert.ok(!link.sentence.includes(canary) && !/\p{Cc}/u.test(link.sentence), link.sentence);
        return 'refused';
      }
      assert.ok(isOrigin(link.url), link.url);
      assert.ok(link.tenant === undefined || isTenantId(link.tenant));
      return 'accepted';
    },
  );

  const redirects = mutatedString(
    'http://localhost:8081',
    'http://127.0.0.1:3000/back',
    'https://dev.reltio.com/oauth/callback',
    'https://dev.reltio.com.evil.example/',
    'http://localhost:22/',
  );
  fuzz('the redirect address', fc.oneof(redirects, fc.constantFrom(...oddValues)), (value) => {
    const { redirect, faults } = parseRedirect(value, trusted);
    const url = new URL(redirect.address);
    assert.deepEqual([url.username, url.search, url.hash], ['', '', '']);
    assert.ok(
      redirect.isLocal ? isLoopback(url.hostname) && url.protocol === 'http:' : checkAddress(url.origin, trusted).ok,
    );
    if (typeof value === 'string') assert.equal(checkRedirect(value, trusted).ok, faults.length === 0);
    return faults.length === 0 ? 'accepted' : 'refused';
  });
});

describe('hostile workspaces', () => {
  const dev = sampleEnvironment('dev');
  const live = sampleEnvironment('live', { url: 'https://live.acme.com', production: true });
  const suggested = fc.record({
    host: mutatedString('test.reltio.com', 'live.acme.com', 'localhost:8080', 'evil.example', 'dev.reltio.com'),
    tenant: fc.option(mutatedString('AcmeDev01', '..', 'a/b'), { nil: undefined }),
    source: fc.constantFrom('app/.reltio', ...hostileTexts),
  });
  fuzz('environments to import', fc.array(suggested, { maxLength: 4 }), (found) => {
    const { offers, known, refused } = importable(found, [dev, live], new Set(['dev', 'live']), trusted);
    assert.ok(offers.length + known + refused.length <= found.length);
    const names = ['dev', 'live', ...offers.map(({ environment }) => environment.name)];
    assert.equal(new Set(names).size, names.length, 'each name once');
    for (const { environment } of offers) {
      const { url, tenant, production, identityServer } = environment;
      assert.ok(isOrigin(url) && !isLoopback(new URL(url).hostname), url);
      assert.ok(tenant === undefined || isTenantId(tenant));
      assert.equal(identityServer, 'https://auth.reltio.com', 'a workspace names no server for the sign-in');
      assert.ok(production || url !== live.url, 'production stays production under another name');
    }
    for (const sentence of refused) assert.ok(!/\p{Cc}/u.test(sentence), sentence);
    return offers.length > 0 ? 'accepted' : 'refused';
  });

  const environments = [dev, live, sampleEnvironment('local', { url: 'http://127.0.0.1:8443' })];
  fuzz(
    'the address in a request file',
    mutatedString(
      'https://dev.reltio.com/reltio/api/AcmeDev01/entities',
      'http://127.0.0.1:8443/a/../b',
      'https://dev.reltio.com@evil.example/',
      'https://dev.reltio.com/a/%2e%2e/%2e%2e/b',
      'https://evil.example\\@dev.reltio.com/',
    ),
    (address) => {
      try {
        const { environment, url } = destinationOf(address, jane, environments, dev);
        assert.ok(url.startsWith(`${environment.url}/`) && new URL(url).origin === environment.url, url);
        assert.ok(environments.includes(environment));
        return 'accepted';
      } catch (error) {
        assert.ok(error instanceof NotSent, String(error));
        assert.doesNotMatch(error.message, /\p{Cc}|\u202e/u);
        return 'refused';
      }
    },
  );

  const bearer = `Bearer ${placeholder}`;
  fuzz(
    'a request of httpYac',
    mutated(
      { url: 'https://dev.reltio.com/', headers: { Authorization: bearer, accept: '*/*' }, body: 'x' },
      { url: 'https://dev.reltio.com/', headers: { authorization: [bearer, bearer] }, body: { deep: [placeholder] } },
      { url: `https://evil.example/?t=${placeholder}`, headers: { cookie: placeholder } },
    ),
    (value) => {
      if (typeof value !== 'object' || value === null || !('url' in value)) return 'refused'; // httpYac makes the object
      const { headers } = value as { headers?: unknown };
      if (headers !== undefined && (typeof headers !== 'object' || headers === null)) return 'refused';
      if (Array.isArray(headers) || JSON.stringify(value).includes('[[')) return 'refused'; // nor does it nest them
      const request = value as Parameters<typeof placeOfToken>[0];
      const place = placeOfToken(request);
      const { url, body } = request;
      const copies = JSON.stringify([url, headers, body]).split(placeholder).length - 1;
      if (place === 'nowhere') assert.equal(copies, 0, 'no request with the placeholder passes unseen');
      if (place === 'bearer') assert.equal(copies, 1);
      return place === 'bearer' ? 'accepted' : 'refused';
    },
  );
});
