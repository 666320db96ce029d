import assert from 'node:assert/strict';
import { defectOf, hasBodyFor, mayRepeatToken } from '../../../../src/core/localProxy/forwarding/answer';
import type { HeaderList } from '../../../../src/core/localProxy/upstream';

const defect = (status: number, headers: HeaderList = [], method = 'GET'): string | undefined =>
  defectOf({ kind: 'response', status, headers, body: (async function* () {})() }, method, 'dev.reltio.com')?.code; // prettier-ignore

describe('an answer of an environment', () => {
  it('must have a status that a client may get', () => {
    const statuses = [101, 199, 200, 299, 304, 401, 407, 503, 599, 600, 999];
    assert.deepEqual(
      statuses.filter((status) => defect(status) !== undefined),
      [101, 199, 407, 600, 999],
    );
    assert.deepEqual([defect(407), defect(199)], ['proxy', 'notAnEnvironment']);
  });

  it('must not fail in an encoding that hides what it says', () => {
    assert.equal(defect(400, [['content-encoding', 'zstd']]), 'notAnEnvironment');
    assert.equal(defect(200, [['Content-Encoding', 'zstd'], ['Content-Type', 'text/plain']]), 'notAnEnvironment'); // prettier-ignore
    assert.equal(defect(400, [['Content-Encoding', 'identity']]), undefined);
    assert.equal(defect(400, [['Content-Encoding', 'zstd']], 'HEAD'), undefined);
    assert.equal(defect(200, [['Content-Encoding', 'zstd'], ['Content-Type', 'image/png']]), undefined); // prettier-ignore
  });

  it('must not be in characters in which a token has other bytes, whatever its client asked for', () => {
    const refused = [
      'utf-16',
      'UTF-16BE',
      '"utf-16le"',
      'utf-32',
      "'utf-16'",
      'IBM037',
      'x-UTF-16LE-BOM',
      'utf-7',
      'ucs-2',
    ];
    for (const name of refused) {
      assert.equal(defect(401, [['Content-Type', `application/json;charset=${name}`]]), 'notAnEnvironment', name);
      assert.equal(defect(200, [['content-type', `text/plain; Charset = ${name}`]]), 'notAnEnvironment', name);
      assert.equal(defect(200, [['content-type', `image/png; charset=${name}`]]), undefined, name);
    }
    const good = [
      'utf-8',
      'UTF8',
      '"utf-8"',
      'us-ascii',
      'ISO-8859-1',
      'latin1',
      'windows-1252',
      'Shift_JIS',
      'GB18030',
      '',
    ];
    for (const name of good)
      assert.equal(defect(401, [['content-type', `text/plain; charset=${name}`]]), undefined, name);
    assert.equal(defect(401, [['content-type', 'text/plain; charset=utf-8; charset=utf-16']]), 'notAnEnvironment');
  });

  it('has a body, except for HEAD, 204, 205 and 304', () => {
    assert.deepEqual(
      [hasBodyFor('HEAD', 200), ...[200, 204, 205, 304, 404].map((status) => hasBodyFor('GET', status))],
      [false, true, false, false, false, true],
    );
  });

  it('may repeat the token if it fails, or is a text', () => {
    const texts = ['text/event-stream', 'application/json', 'application/problem+json; charset=utf-8', 'image/svg+xml'];
    for (const type of texts) assert.equal(mayRepeatToken(200, [['content-type', type]]), true, type);
    for (const type of ['application/octet-stream', 'image/png', 'application/zip']) {
      assert.equal(mayRepeatToken(200, [['Content-Type', type]]), false, type);
      assert.equal(mayRepeatToken(400, [['Content-Type', type]]), true, type);
    }
    assert.equal(mayRepeatToken(204, []), false);
  });
});
