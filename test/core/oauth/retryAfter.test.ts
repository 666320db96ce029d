import assert from 'node:assert/strict';
import { retryAfterMs } from '../../../src/core/oauth/retryAfter';

const serverNow = 'Wed, 21 Oct 2026 07:28:00 GMT';

function wait(value: string, date?: string): number | undefined {
  return retryAfterMs({ 'retry-after': value, ...(date === undefined ? {} : { date }) });
}

describe('retryAfterMs', () => {
  it('reads seconds', () => {
    assert.equal(wait('2'), 2_000);
    assert.equal(wait(' 120 '), 120_000);
    assert.equal(wait('0'), 0);
    assert.equal(wait('1.5'), 1_500);
  });

  it("measures a date against the server's own clock", () => {
    assert.equal(wait('Wed, 21 Oct 2026 07:28:03 GMT', serverNow), 3_000);
    assert.equal(wait('Wed, 21 Oct 2026 07:27:00 GMT', serverNow), 0);
  });

  it('reads the older form of dates that HTTP allows', () => {
    assert.equal(wait('Wednesday, 21-Oct-26 07:28:03 GMT', serverNow), 3_000);
  });

  it('is undefined for a date if the server does not send its own date', () => {
    assert.equal(wait('Wed, 21 Oct 2026 07:28:03 GMT'), undefined);
    assert.equal(wait('Wed, 21 Oct 2026 07:28:03 GMT', 'yesterday'), undefined);
  });

  for (const garbage of [
    '',
    '  ',
    'soon',
    '-5',
    '5s',
    '+5',
    '1,2',
    '1 2',
    'retry 5',
    '0x10',
    '1e3',
    'Infinity',
    'NaN',
  ]) {
    it(`is undefined for ${JSON.stringify(garbage)}`, () => {
      assert.equal(wait(garbage, serverNow), undefined);
      assert.equal(wait(garbage), undefined);
    });
  }

  it('is undefined without the header', () => {
    assert.equal(retryAfterMs({ date: serverNow }), undefined);
  });
});
