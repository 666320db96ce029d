import assert from 'node:assert/strict';
import { printedToken } from '../../../src/core/terminal/printedToken';

const token = {
  accessToken: 'a.B-c_1~+/=',
  expiresAt: Date.UTC(2026, 9, 5, 8, 59, 59, 999),
  metadata: { account: 'jane@acme.com (auth.reltio.com)', identity_server: 'https://auth.reltio.com' },
};

describe('the printed token', () => {
  it('is alone on its line', () => {
    assert.equal(printedToken(token, 'token'), 'a.B-c_1~+/=\n');
  });

  it('is a header', () => {
    assert.equal(printedToken(token, 'header'), 'Authorization: Bearer a.B-c_1~+/=\n');
  });

  it('is one line of JSON with three keys, and the expiry rounded down', () => {
    assert.equal(
      printedToken({ ...token, metadata: { ...token.metadata, environment: 'dev', tenant: 'abc' } }, 'json'),
      '{"access_token":"a.B-c_1~+/=","expires_at":"2026-10-05T08:59:59Z","metadata":{' +
        '"account":"jane@acme.com (auth.reltio.com)","identity_server":"https://auth.reltio.com",' +
        '"environment":"dev","tenant":"abc"}}\n',
    );
  });

  it('is JSON in ASCII, whatever the names contain', () => {
    for (const environment of [
      'Jürgen',
      '\u001b]0;x\u0007',
      '\u009b31m',
      '\u202egnp',
      '日本 💥',
      '\ud800',
      '"\\\n',
      '\u2028',
    ]) {
      const text = printedToken({ ...token, metadata: { ...token.metadata, environment } }, 'json');
      assert.match(text, /^[\x20-\x7e]+\n$/);
      const { metadata } = JSON.parse(text) as { metadata: { environment: string } };
      assert.equal(metadata.environment, environment);
    }
  });

  it('has an expiry of four digits for the year, however long it is valid', () => {
    for (const expiresAt of [Date.UTC(10_000, 0), 8.64e15 + 1, Infinity]) {
      assert.match(printedToken({ ...token, expiresAt }, 'json'), /"expires_at":"9999-12-31T23:59:59Z"/);
    }
  });

  it('is refused if a part of it could be taken for something else', () => {
    for (const part of ['\n', '\r\nX-Header: 1', ' ', '\u001b[2J', '"', "'", '$(id)', '`id`', 'ü', '\0', '']) {
      const accessToken = part === '' ? '' : `abc${part}def`;
      for (const form of ['token', 'header'] as const) {
        assert.throws(() => printedToken({ ...token, accessToken }, form), { code: 'tokenNotForShell' });
      }
      const json = printedToken({ ...token, accessToken }, 'json');
      assert.match(json, /^[\x20-\x7e]+\n$/);
      assert.equal((JSON.parse(json) as { access_token: string }).access_token, accessToken);
    }
  });
});
