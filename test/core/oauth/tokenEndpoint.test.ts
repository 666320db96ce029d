import assert from 'node:assert/strict';
import { documentedClient } from '../../../src/core/oauth/client';
import { requestToken } from '../../../src/core/oauth/tokenEndpoint';
import { CannedHttp, noSignal, response } from '../../fakes/cannedHttp';

const grant = { kind: 'refreshToken', form: { grant_type: 'refresh_token', refresh_token: 'r0' } } as const;
const request = (body: unknown) =>
  requestToken(new CannedHttp(response(200, body)), 'https://auth.reltio.com', documentedClient, grant, noSignal);

describe('requestToken', () => {
  it('refuses a token of a megabyte', async () => {
    const body = { access_token: 'a'.repeat(1_000_000), refresh_token: 'r1', expires_in: 3_600 };
    await assert.rejects(request(body), { code: 'badAnswer' });
  });

  it('accepts tokens of several KB', async () => {
    const body = { access_token: 'a'.repeat(16_000), refresh_token: 'r'.repeat(16_000), expires_in: 3_600 };
    const token = await request(body);
    assert.ok(token.kind === 'granted' && token.refreshToken?.length === 16_000);
  });
});
