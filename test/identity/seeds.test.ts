import assert from 'node:assert/strict';
import { post, refresh, reply, serverForEachTest, signIn } from './caller';
import { printedPost, rawRequest } from './rawRequest';

// The header lines as the pages print them, without a blank after the colon.
const printedHeaders = [
  'Authorization:Basic cmVsdGlvX3VpOnNlY3JldA==',
  'Content-Type: application/x-www-form-urlencoded',
];
const accessToken = '204938ca-2cf7-44b0-b11a-1b4c59984512';
const refreshToken = '676742af-989b-4d40-b7cc-f69ccadd45ea';

describe("The requests printed on Reltio's pages", () => {
  // Advances by a millisecond at each reading, as a real clock may: so the answer says 3599.
  const server = serverForEachTest(() => {
    let time = Date.UTC(2026, 0, 1);
    return { clock: () => (time += 1) };
  });

  const plant = () => {
    server().addLogin({ userName: server().users.plain.name, clientId: 'reltio_ui', accessToken, refreshToken });
  };

  it('000, password grant: the printed request gets the printed response', async () => {
    const { policy, users } = server();
    plant();
    policy.leadingBlanksInScope = true;
    const body = `password=${encodeURIComponent(users.plain.password)}&username=${users.plain.name}&grant_type=password`;
    const answer = await printedPost(server(), printedHeaders, body);
    assert.equal(
      JSON.stringify(answer),
      JSON.stringify({
        access_token: '204938ca-2cf7-44b0-b11a-1b4c59984512',
        token_type: 'bearer',
        refresh_token: '676742af-989b-4d40-b7cc-f69ccadd45ea',
        expires_in: 3599,
        scope: '   configuration_api entities_api graphs_api groups_api interactions_api relations_api',
      }),
    );
  });

  it('000, password grant: the documented types match the response table', async () => {
    server().policy.responseTypes = 'documented';
    const { body } = await signIn(server());
    assert.equal(body['token_type'], 'Bearer');
    assert.equal(body['expires_in'], '3599');
    assert.ok(Array.isArray(body['scope']) && body['scope'].includes('entities_api'));
    assert.match(String(body['entityURI']), /^entities\//);
  });

  it('001, refresh token: the printed request gets the printed response, twice', async () => {
    plant();
    server().policy.refreshReturns = 'samePairNewExpiry';
    const body = 'grant_type=refresh_token&refresh_token=676742af-989b-4d40-b7cc-f69ccadd45ea';
    const printed = {
      access_token: '204938ca-2cf7-44b0-b11a-1b4c59984512',
      token_type: 'bearer',
      refresh_token: '676742af-989b-4d40-b7cc-f69ccadd45ea',
      expires_in: 3599,
      scope: 'configuration_api entities_api graphs_api groups_api interactions_api relations_api',
    };
    assert.equal(JSON.stringify(await printedPost(server(), printedHeaders, body)), JSON.stringify(printed));
    assert.equal(JSON.stringify(await printedPost(server(), printedHeaders, body)), JSON.stringify(printed));
  });

  it('002, Access Reltio APIs: revoke, then log in again, gives a new refresh token that works', async () => {
    plant();
    assert.equal((await signIn(server())).body['refresh_token'], refreshToken);
    const revoked = await reply(await fetch(`${server().url}/oauth/revoke?token=${refreshToken}`, { method: 'POST' }));
    assert.deepEqual([revoked.status, revoked.body], [200, { status: 'success' }]);
    const again = await signIn(server());
    assert.notEqual(again.body['refresh_token'], refreshToken);
    assert.equal((await refresh(server(), again.body['refresh_token'])).status, 200);
    assert.equal((await refresh(server(), refreshToken)).status, 400);
  });

  for (const idpSystem of ['Salesforce', 'salesforce', 'salesforce ']) {
    it(`003, third-party IdP: the query parameters with idp_system "${idpSystem}" sign in, and are recorded as a leak`, async () => {
      const { name, password } = server().users.salesforceOnly;
      const query = new URLSearchParams({ username: name, password, grant_type: 'password', idp_system: idpSystem });
      const head = `POST /oauth/token?${query.toString()} HTTP/1.1\r\nHost: auth.reltio.com\r\nContent-Length: 0\r\n`;
      const answer = await rawRequest(server(), `${head}${printedHeaders[0] ?? ''}\r\nConnection: close\r\n\r\n`);
      assert.match(answer, /^HTTP\/1\.1 200 /);
      assert.match(answer, /"access_token":"[0-9a-f-]{36}"/);
      assert.equal(server().requests.tokenCalls('password')[0]?.secretInUrl, true);
    });
  }

  it("003, third-party IdP: the provider's access token is accepted in place of the password, in a form", async () => {
    const { name, idpAccessToken = '' } = server().users.salesforceOnly;
    assert.ok(idpAccessToken.length > 3000);
    const form = { grant_type: 'password', username: name, password: idpAccessToken, idp_system: 'salesforce' };
    assert.equal((await post(server(), '/oauth/token', form)).status, 200);
    assert.equal(server().requests.tokenCalls()[0]?.secretInUrl, false);
  });
});
