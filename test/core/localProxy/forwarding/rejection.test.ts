import assert from 'node:assert/strict';
import { text } from 'node:stream/consumers';
import { examine } from '../../../../src/core/localProxy/forwarding/rejection';
import type { HeaderList } from '../../../../src/core/localProxy/upstream';
import { FakeClock } from '../../../fakes/fakeClock';

describe('the rejection of a token', () => {
  let clock: FakeClock;
  let read: number;

  beforeEach(() => {
    clock = new FakeClock();
    read = 0;
  });

  async function* body(...parts: (string | Error)[]): AsyncGenerator<Uint8Array> {
    for (const part of parts) {
      read += 1;
      if (part instanceof Error) throw part;
      if (part === 'wait') await new Promise<void>((resolve) => clock.after(60_000, resolve));
      else yield Buffer.from(part);
    }
  }
  const answer = (chunks: AsyncIterable<Uint8Array>, status = 401, headers: HeaderList = []) =>
    ({ kind: 'response', status, headers, body: chunks }) as const;

  it('is a 401 that says so, over any chunks, and whose body is still complete', async () => {
    const examined = await examine(answer(body('{"error":"invalid', '_token"}', ' more')), clock);
    assert.equal(examined.rejectsToken, true);
    assert.equal(read, 2);
    assert.equal(await text(examined.answer.body), '{"error":"invalid_token"} more');
    assert.equal(clock.waiting, 0);
  });

  it('is a 401 whose challenge says so, whatever its body', async () => {
    const headers = [['WWW-Authenticate', 'Bearer realm="x", error="invalid_token"']] as const;
    assert.equal((await examine(answer(body('x'), 401, headers), clock)).rejectsToken, true);
    assert.equal(read, 0);
  });

  it('is no other status, and no 401 about something else', async () => {
    for (const status of [200, 400, 403]) {
      assert.equal((await examine(answer(body('invalid_token'), status), clock)).rejectsToken, false);
    }
    assert.equal(read, 0);
    assert.equal((await examine(answer(body('unauthorized')), clock)).rejectsToken, false);
    assert.equal((await examine(answer(body()), clock)).rejectsToken, false);
  });

  it('is looked for in 64 KB only', async () => {
    const parts = ['a', 'b', 'c'].map((letter) => letter.repeat(32 * 1024));
    const examined = await examine(answer(body(...parts, 'invalid_token')), clock);
    assert.equal(examined.rejectsToken, false);
    assert.equal(read, 2);
    assert.equal(await text(examined.answer.body), `${parts.join('')}invalid_token`);
  });

  it('is looked for during five seconds only, and what comes later is passed on', async () => {
    const examining = examine(answer(body('early ', 'wait', 'late ', 'invalid_token')), clock);
    await clock.pass(5_000);
    const { rejectsToken, answer: same } = await examining;
    assert.equal(rejectsToken, false);
    await clock.pass(60_000);
    assert.equal(read, 3); // only what was asked for
    assert.equal(await text(same.body), 'early late invalid_token');
  });

  it('is none in a body that is cut, and whoever reads it sees the cut', async () => {
    const { rejectsToken, answer: same } = await examine(answer(body('half', new Error('cut'))), clock);
    assert.equal(rejectsToken, false);
    await assert.rejects(text(same.body), /cut/);
  });
});
