import assert from 'node:assert/strict';
import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import type { Writable } from 'node:stream';
import type { UpstreamRequest, UpstreamResponse } from '../../../../src/core/localProxy/upstream';
import type { Account } from '../../../../src/core/model/account';
import type { TransportFailure } from '../../../../src/core/oauth/httpClient';
import type { HttpYacRequest } from '../../../../src/features/handoff/requestFiles/httpYac';
import { variables } from '../../../../src/features/handoff/requestFiles/placeholder';
import { TokenRequests } from '../../../../src/features/handoff/requestFiles/tokenRequests';
import { FakeClock } from '../../../fakes/fakeClock';
import { RecordingLog } from '../../../fakes/recordingLog';
import { sampleEnvironment } from '../../../fakes/sampleEnvironment';
import { jane, sampleSession, sampleTokens } from '../../../fakes/sampleSession';

const url = 'https://dev.reltio.com/reltio/api/AcmeDev';
const first = 'first-token-0123456789';
const second = 'second-token-0123456789';

describe('requests of httpYac with a token', () => {
  let token: string;
  let account: Account;
  let whenReported: () => unknown;
  let rejected: string[];
  let sent: UpstreamRequest[];
  let answers: (UpstreamResponse | TransportFailure)[];
  let log: RecordingLog;
  let requests: TokenRequests;
  let isAllowed: boolean;
  beforeEach(() => {
    token = first;
    account = jane;
    whenReported = () => undefined;
    rejected = [];
    sent = [];
    answers = [];
    isAllowed = true;
    log = new RecordingLog();
    const found = async () => ({
      session: sampleSession({ account, tokens: sampleTokens({ accessToken: token }) }),
      environment: undefined,
    });
    requests = new TokenRequests({
      isTrusted: () => true,
      environments: async () => [sampleEnvironment('dev')],
      tokens: { find: found, fresh: found },
      allowance: { has: async () => isAllowed },
      mayReceiveToken: async () => true,
      upstream: {
        open: async (request) => {
          sent.push(request);
          return answers.shift() ?? answer(200, 'fine');
        },
      },
      reportRejected: async (accessToken) => {
        rejected.push(accessToken);
        token = second;
        whenReported();
      },
      clock: new FakeClock(),
      log,
    });
  });

  const answer = (status: number, content: string, headers: UpstreamResponse['headers'] = []): UpstreamResponse => ({
    kind: 'response',
    status,
    headers: [['content-type', 'application/json'], ...headers],
    body: (async function* () {
      yield Buffer.from(content);
    })(),
  });
  const withToken = (changes: Partial<HttpYacRequest> = {}): HttpYacRequest => ({
    protocol: 'HTTP',
    method: 'GET',
    url,
    headers: { Authorization: variables.reltioAuthorization },
    ...changes,
  });
  type Open = (address: unknown, options: unknown) => Writable | undefined;
  const prepared = async (): Promise<Open> => {
    const request = withToken();
    await requests.prepare(request);
    return request.options?.request as Open;
  };
  /** Sends it as got does. */
  const send = async (method = 'GET', address = url, body = ''): Promise<string> => {
    const outgoing = (await prepared())(new URL(address), {
      method,
      headers: { authorization: variables.reltioAuthorization },
    });
    assert.ok(outgoing !== undefined);
    outgoing.end(body);
    const [response] = (await once(outgoing, 'response')) as [IncomingMessage];
    return `${response.statusCode} ${await text(response)}`;
  };

  it('take the place of Node’s, follow no redirect and use no cache', async () => {
    const request = withToken({ options: { cache: new Map() as never } }); // as a file of the workspace may set it
    await requests.prepare(request);
    assert.equal(request.noRedirect, true);
    assert.equal(request.options?.cache, false);
    assert.equal(await send('POST', url, '{}'), '200 fine');
    const [{ headers, method, url: to, body }] = sent as [UpstreamRequest];
    assert.deepEqual([method, to, headers.at(-1)], ['POST', url, ['authorization', `Bearer ${first}`]]);
    assert.equal(await text(body as never), '{}');
    assert.ok(!log.text.includes(first));
  });

  it('are left alone without the variables', async () => {
    const request = withToken({ headers: { Authorization: 'Bearer mine' } });
    await requests.prepare(request);
    assert.deepEqual(request, withToken({ headers: { Authorization: 'Bearer mine' } }));
    const open = await prepared();
    assert.equal(open(new URL(url), { headers: { authorization: 'Bearer mine' } }), undefined, 'after a redirect');
    assert.equal(open(new URL(url), {}), undefined);
  });

  it('are not sent in another protocol, or with the token in another place', async () => {
    for (const changes of [{ protocol: 'WS' }, { protocol: undefined }, { url: `${url}?t=${variables.reltioToken}` }]) {
      await assert.rejects(
        requests.prepare(withToken(changes as Partial<HttpYacRequest>)),
        /only for the Authorization/,
      );
    }
  });

  it('are checked again when they are sent: options may have changed the address, and the user their mind', async () => {
    for (const address of ['https://evil.example/', 'http://dev.reltio.com/', '[object Object]']) {
      await assert.rejects(send('GET', address), /not one of your|address is not complete|Invalid URL/);
    }
    const open = await prepared();
    isAllowed = false;
    const outgoing = open(new URL(url), { headers: { authorization: variables.reltioAuthorization } });
    outgoing?.end();
    await assert.rejects(once(outgoing!, 'response'), /Change Token Access/);
    assert.deepEqual(sent, []);
  });

  it('refuse what is not a URL: a cache passes its options first', async () => {
    const outgoing = (await prepared())({ url }, { headers: { authorization: variables.reltioAuthorization } });
    outgoing?.end();
    await assert.rejects(once(outgoing!, 'response'), /address is not complete/);
  });

  it('are sent once more with another token after a 401 that rejects it, if they change nothing', async () => {
    const rejects = (): UpstreamResponse => answer(401, `{"error":"invalid_token: ${first}"}`);
    answers = [rejects()];
    assert.equal(await send(), '200 fine');
    assert.deepEqual([rejected, sent.length], [[first], 2]);
    assert.deepEqual(sent[1]?.headers.at(-1), ['authorization', `Bearer ${second}`]);
    [token, sent, rejected] = [first, [], []];
    answers = [rejects()];
    assert.equal(await send('POST', url, '{}'), `401 {"error":"invalid_token: ${'*'.repeat(first.length)}"}`);
    assert.deepEqual([rejected, sent.length], [[first], 1]);
  });

  it('are not sent again as another account, to which the user switched after the request', async () => {
    answers = [answer(401, 'invalid_token')];
    whenReported = () => (account = { ...jane, user: 'john@acme.com' });
    assert.equal(await send(), '401 invalid_token');
    assert.equal(sent.length, 1);
  });

  it('hide the token wherever the answer repeats it', async () => {
    answers = [answer(200, `{"a":"${first}"}`, [['x-echo', `Bearer ${first}`]])];
    const outgoing = (await prepared())(new URL(url), { headers: { authorization: variables.reltioAuthorization } });
    outgoing?.end();
    const [response] = (await once(outgoing!, 'response')) as [IncomingMessage];
    assert.ok(!`${await text(response)} ${JSON.stringify(response.headers)}`.includes(first));
  });

  it('report an outage in a sentence', async () => {
    answers = [{ kind: 'failure', code: 'dns' }];
    await assert.rejects(send(), /dev\.reltio\.com/);
    answers = [answer(407, '')];
    await assert.rejects(send(), /proxy/i);
  });
});
