import '../fakes/fakeVscode';
import assert from 'node:assert/strict';
import type { LogFields } from '../../src/core/base/log';
import { logLine } from '../../src/editor/log';

describe('a log line', () => {
  it('shows the event and the listed fields that have a value', () => {
    assert.equal(
      logLine('refresh: done', { session: '4f', milliseconds: 120, status: undefined } as unknown as LogFields),
      'refresh: done session=4f milliseconds=120',
    );
    assert.equal(logLine('activated'), 'activated');
  });

  it('shows no field that is not listed, not even one whose name every object has', () => {
    const fields = JSON.parse(
      '{"constructor":"s3cret","__proto__":"s3cret","toString":"s3cret","hasOwnProperty":"s3cret","token":"s3cret"}',
    ) as LogFields;
    assert.equal(logLine('refresh: done', fields), 'refresh: done');
  });

  it('shows whole numbers: one clock counts in fractions of a millisecond', () => {
    assert.equal(
      logLine('token call: answered', { milliseconds: 184.729736328125 }),
      'token call: answered milliseconds=185',
    );
  });

  it('stays one line, whatever a value holds', () => {
    const line = logLine('refresh: failed', { nodeCode: 'E\r\n2026-11-28 [info]\u2028x\u202etxt', host: 'a b' });
    assert.equal(line, 'refresh: failed nodeCode=E__2026-11-28_[info]_x_txt host=a_b');
  });
});
