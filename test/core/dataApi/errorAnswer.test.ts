import assert from 'node:assert/strict';
import { readErrorAnswer } from '../../../src/core/dataApi/errorAnswer';

const token = 's.KLUv_QBYzQQAkghJbnRlcm5hbA.c2lnbmF0dXJl';
const uuid = 'da583da2-2066-4d40-884a-be01d2176002';

describe('the body of a failed call', () => {
  it('is JSON, a page, another text, empty or not given', () => {
    const forms = [
      ['{"error":"invalid_token"}', 'json'],
      ['\uFEFF {"error":"invalid_token"}', 'json'],
      [{ error: 'invalid_token' }, 'json'],
      ['[]', 'json'],
      ['{', 'json'],
      ['<!DOCTYPE html><title>Welcome</title>', 'page'],
      ['\n<html><head><title>403 Forbidden</title></head></html>', 'gatewayPage'],
      ['<HTML><HEAD><TITLE>Forbidden</TITLE></HEAD></HTML>', 'gatewayPage'],
      ['<html><body>The request could not be satisfied.</body></html>', 'gatewayPage'],
      ['RBAC: access denied', 'text'],
      ['<?xml version="1.0"?><Error/>', 'text'],
      [7, 'text'],
      ['', 'empty'],
      [' \n', 'empty'],
      [undefined, 'notGiven'],
      [null, 'notGiven'],
    ] as const;
    for (const [body, form] of forms) {
      assert.equal(readErrorAnswer(body).form, form, JSON.stringify(body));
    }
  });

  it('has the same names for the fields of every service', () => {
    const expected = { errorCode: 903, errorMessage: 'No such function', errorDetailMessage: 'Give a valid uri' };
    const { errorMessage, errorDetailMessage } = expected;
    for (const body of [
      expected,
      [expected],
      { status: 'failed', error: expected },
      { error: { code: 903, errorMessage, details: errorDetailMessage } },
    ]) {
      assert.deepEqual(readErrorAnswer(body).fields, expected);
      assert.deepEqual(readErrorAnswer(JSON.stringify(body)).fields, expected);
    }
    assert.deepEqual(readErrorAnswer({ error: { message: 'a' } }).fields, { message: 'a' });
  });

  it('loses nothing that counts if it is cut in the middle', () => {
    const whole = JSON.stringify({
      severity: 'Error',
      errorMessage: 'A "quoted" text',
      errorCode: 804,
      innerErrorData: { exception: 'org.example.Denied', stack: ['at a', 'at b'] },
    });
    const { fields } = readErrorAnswer(whole.slice(0, whole.length - 20));
    assert.equal(fields['errorCode'], 804);
    assert.match(String(fields['errorMessage']), /^A /);
    assert.deepEqual(readErrorAnswer('{"error":"invalid_token","error_desc').fields, { error: 'invalid_token' });
    assert.deepEqual(readErrorAnswer('{"error":"invalid_token","error_description":"Token is inv').fields, {
      error: 'invalid_token',
      error_description: 'Token is inv',
    });
  });

  it('is read in its beginning only, if it is very long', () => {
    const long = `{"errorCode":804,"padding":"${'x'.repeat(1_000_000)}","error":"invalid_token"}`;
    assert.deepEqual(readErrorAnswer(long), { form: 'json', fields: { errorCode: 804 } });
  });

  it('has no token any more once it is read', () => {
    for (const secret of [token, uuid]) {
      for (const error_description of [`Invalid access token: ${secret}`, `Token is invalid: ${secret}`, secret]) {
        for (const body of [{ error: 'invalid_token', error_description }, { error: { message: error_description } }]) {
          for (const given of [body, JSON.stringify(body), JSON.stringify(body).slice(0, -2)]) {
            assert.ok(!JSON.stringify(readErrorAnswer(given)).includes(secret.slice(0, 20)));
          }
        }
      }
    }
  });

  it('may be anything', () => {
    for (const body of [
      {},
      [],
      [[]],
      [null],
      { error: null },
      { error: [] },
      { errorCode: {} },
      { errorCode: [804] },
      true,
    ]) {
      assert.deepEqual(readErrorAnswer(body).fields, {});
    }
    assert.equal(readErrorAnswer('['.repeat(200_000)).form, 'json');
    assert.equal(readErrorAnswer('{"a":'.repeat(50_000)).form, 'json');
  });
});
