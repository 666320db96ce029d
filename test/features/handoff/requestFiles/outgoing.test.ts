import assert from 'node:assert/strict';
import type { IncomingMessage } from 'node:http';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { CutResponse } from '../../../../src/core/network/upstream/cutResponse';
import type { UpstreamResponse } from '../../../../src/core/localProxy/upstream';
import { Outgoing } from '../../../../src/features/handoff/requestFiles/outgoing';

const answer = (changes: Partial<UpstreamResponse> = {}): UpstreamResponse => ({
  kind: 'response',
  status: 200,
  headers: [
    ['Content-Type', 'text/plain'],
    ['Set-Cookie', 'a=1'],
    ['set-cookie', 'b=2'],
    ['X-Two', '1'],
    ['x-two', '2'],
  ],
  body: (async function* () {
    yield Buffer.from('fine');
  })(),
  ...changes,
});

describe('a request in place of Node’s own', () => {
  it('sends what was written, and emits the answer as Node does', async () => {
    const bodies: string[] = [];
    const outgoing = new Outgoing(async (body) => {
      bodies.push(body.toString());
      return answer();
    });
    outgoing.write('{"a":');
    outgoing.write(Buffer.from('"ü"}'));
    outgoing.end();
    const [response] = (await once(outgoing, 'response')) as [IncomingMessage];
    assert.deepEqual(bodies, ['{"a":"ü"}']);
    assert.equal(response.statusCode, 200);
    assert.equal(response.statusMessage, 'OK');
    assert.deepEqual(response.headers['set-cookie'], ['a=1', 'b=2']);
    assert.equal(response.headers['x-two'], '1, 2');
    assert.equal(response.rawHeaders.length, 10);
    assert.equal(await text(response), 'fine');
  });

  it('emits the reason why nothing was sent', async () => {
    const outgoing = new Outgoing(() => Promise.reject(new Error('not sent')));
    outgoing.end();
    const [error] = (await once(outgoing, 'error')) as [Error];
    assert.equal(error.message, 'not sent');
  });

  it('ends the request when it is destroyed, and emits nothing after that', async () => {
    let signal: AbortSignal | undefined;
    let arrive: (value: UpstreamResponse) => void = () => undefined;
    const outgoing = new Outgoing((_body, ends) => {
      signal = ends;
      return new Promise((resolve) => (arrive = resolve));
    });
    let responses = 0;
    outgoing.on('response', () => (responses += 1));
    outgoing.end();
    await once(outgoing, 'finish');
    assert.equal(signal?.aborted, false);
    outgoing.destroy();
    assert.equal(signal?.aborted, true);
    arrive(answer());
    await new Promise((resolve) => setImmediate(resolve));
    assert.equal(responses, 0, 'it was cancelled');
  });

  it('reports a cut answer while it is read', async () => {
    const body = (async function* () {
      yield Buffer.from('fi');
      throw new CutResponse();
    })();
    const outgoing = new Outgoing(async () => answer({ body }));
    outgoing.end();
    const [response] = (await once(outgoing, 'response')) as [IncomingMessage];
    await assert.rejects(text(response));
  });
});
