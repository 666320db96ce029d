import assert from 'node:assert/strict';
import fc from 'fast-check';
import { documentedClient } from '../../../src/core/oauth/client';
import {
  type Grant,
  identityProviderGrant,
  oneTimeCodeGrant,
  passwordGrant,
  refreshTokenGrant,
} from '../../../src/core/oauth/grants';
import { requestToken } from '../../../src/core/oauth/tokenEndpoint';
import { CannedHttp, noSignal, response } from '../../fakes/cannedHttp';

async function sent(grant: Grant): Promise<CannedHttp> {
  const http = new CannedHttp(response(200, { access_token: 'a', expires_in: 1 }));
  await requestToken(http, 'https://auth.reltio.com', documentedClient, grant, noSignal);
  return http;
}

describe('the requests to the token endpoint', () => {
  it("are a POST with Basic header and form type, nothing in the URL, as Reltio's page shows", async () => {
    const http = await sent(passwordGrant('jane@acme.com', 'pw'));
    assert.equal(http.requests.length, 1);
    const [request] = http.requests;
    assert.equal(request?.method, 'POST');
    assert.equal(request.url, 'https://auth.reltio.com/oauth/token');
    assert.equal(request.headers['authorization'], 'Basic cmVsdGlvX3VpOnNlY3JldA==');
    assert.equal(request.headers['content-type'], 'application/x-www-form-urlencoded');
  });

  it('password: user name, password and grant type', async () => {
    const http = await sent(passwordGrant('jane@acme.com', 'pw'));
    assert.deepEqual(http.form(), { grant_type: 'password', username: 'jane@acme.com', password: 'pw' });
  });

  it('refresh: the body that Reltio documents', async () => {
    const http = await sent(refreshTokenGrant('676742af-989b-4d40-b7cc-f69ccadd45ea'));
    assert.equal(http.requests[0]?.body, 'grant_type=refresh_token&refresh_token=676742af-989b-4d40-b7cc-f69ccadd45ea');
  });

  it('password at another identity provider: the same with idp_system, in the form although the page says query', async () => {
    const http = await sent(identityProviderGrant('salesforce', 'sara@acme.com', '00D!AQ.x'));
    assert.deepEqual(http.form(), {
      grant_type: 'password',
      username: 'sara@acme.com',
      password: '00D!AQ.x',
      idp_system: 'salesforce',
    });
    assert.equal(new URL(http.requests[0]?.url ?? '').search, '');
  });

  it('one-time code: grant type state_token with the state token and the code, and no password', async () => {
    const http = await sent(oneTimeCodeGrant('5e7b1e0c', '012345'));
    assert.deepEqual(http.form(), { grant_type: 'state_token', state_token: '5e7b1e0c', totp: '012345' });
  });

  it('send passwords with + & = % spaces and letters of any alphabet unchanged', async () => {
    for (const password of [
      'a+b&c=d%e',
      '100% sure',
      'grüße Möwen',
      '密码🔑',
      ' lead and trail ',
      '%2B',
      'x&grant_type=y',
    ]) {
      assert.equal((await sent(passwordGrant('jane', password))).form()['password'], password);
    }
  });

  it('send any user name and password unchanged, and nothing else', async () => {
    const text = fc.string({ unit: 'grapheme' });
    await fc.assert(
      fc.asyncProperty(text, text, async (username, password) => {
        const http = await sent(passwordGrant(username, password));
        assert.deepEqual(http.form(), { grant_type: 'password', username, password });
      }),
    );
  });
});
