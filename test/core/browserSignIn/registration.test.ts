import assert from 'node:assert/strict';
import { registerClient } from '../../../src/core/browserSignIn/registration';
import { CannedHttp, noSignal, response } from '../../fakes/cannedHttp';
import { FakeClock } from '../../fakes/fakeClock';

const endpoint = 'https://dev.reltio.com/ai/tools/register';
const registeredFor = `${endpoint} http://localhost:8081`;

describe('the registration of a client', () => {
  const register = async (body: unknown, status = 201) => {
    const http = new CannedHttp(response(status, body));
    const client = await registerClient({ http, clock: new FakeClock() }, endpoint, 'http://localhost:8081', noSignal);
    return { client, sent: JSON.parse(http.requests[0]?.body ?? '') as Record<string, unknown> };
  };

  it('asks for a client without a secret, and sends none', async () => {
    const { client, sent } = await register({ client_id: 'c1' });
    assert.deepEqual(client, { id: 'c1', secret: '', authentication: 'none', registeredFor });
    assert.equal(sent['token_endpoint_auth_method'], 'none');
    assert.deepEqual(sent['redirect_uris'], ['http://localhost:8081']);
  });

  it('uses a secret as the server says', async () => {
    const secret = { client_id: 'c1', client_secret: 's' };
    assert.deepEqual((await register(secret)).client, { id: 'c1', secret: 's', registeredFor });
    assert.deepEqual((await register({ ...secret, token_endpoint_auth_method: 'client_secret_post' })).client, {
      id: 'c1',
      secret: 's',
      authentication: 'client_secret_post',
      registeredFor,
    });
    assert.equal((await register({ ...secret, token_endpoint_auth_method: 'none' })).client.secret, '');
  });

  it('fails without an id that can be sent', async () => {
    for (const id of [undefined, '', 7, 'two words', 'a:b', 'ä', 'x'.repeat(300)]) {
      await assert.rejects(register({ client_id: id }), { code: 'badAnswer' });
    }
    await assert.rejects(register('<html></html>'), { code: 'badAnswer' });
  });

  it('fails with what the server answers', async () => {
    await assert.rejects(register({ error: 'invalid_client_metadata' }, 400), { code: 'requestRefused' });
    await assert.rejects(register('', 404), { code: 'noTokenEndpoint' });
    await assert.rejects(register('', 503), { code: 'serverError' });
  });
});
