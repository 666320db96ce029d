import assert from 'node:assert/strict';
import { pastedCallback } from '../../../src/core/browserSignIn/pastedCallback';

const read = (text: string): unknown => {
  const parameters = pastedCallback(text);
  return typeof parameters === 'string' ? parameters : Object.fromEntries(parameters);
};

describe('a pasted callback', () => {
  it('is an address in any form in which a browser or a person hands it on', () => {
    const expected = { code: 'Sx+7/a=', state: 's' };
    for (const text of [
      'http://localhost:8081/?code=Sx%2B7%2Fa%3D&state=s',
      'http://localhost:8081?code=Sx%2B7%2Fa%3D&state=s',
      '  "http://localhost:8081/?code=Sx%2B7%2Fa%3D&state=s"  ',
      '<http://localhost:8081/?code=Sx%2B7%2Fa%3D&state=s>',
      'http://localhost:8081/?code=Sx%2B7%2F\r\n  a%3D&state=s',
      'localhost:8081/?code=Sx%2B7%2Fa%3D&state=s#_=_',
      '?code=Sx%2B7%2Fa%3D&state=s',
      'code=Sx%2B7%2Fa%3D&state=s',
      'https://dev.reltio.com/oauth/callback?code=Sx%2B7%2Fa%3D&state=s#',
      'HTTP://LOCALHOST:8081/?code=Sx%2B7%2Fa%3D&state=s',
      '“http://localhost:8081/?code=Sx%2B7%2Fa%3D&state=s”',
      '(http://localhost:8081/?code=Sx%2B7%2Fa%3D&state=s)',
      'http://localhost:8081/?code=Sx%2B7%2F\u200Ba%3D&state=s\u200B',
      'http://localhost:8081/?code=Sx%2B7%2Fa%3D&amp;state=s',
      'GET /?code=Sx%2B7%2Fa%3D&state=s HTTP/1.1',
      'view-source:http://localhost:8081/?code=Sx%2B7%2Fa%3D&state=s',
      'http://localhost:8081/#code=Sx%2B7%2Fa%3D&state=s',
      '#code=Sx%2B7%2Fa%3D&state=s',
      '&code=Sx%2B7%2Fa%3D&state=s',
      'Sx%2B7%2Fa%3D&state=s',
    ]) {
      assert.deepEqual(read(text), expected, text);
    }
  });

  it('is a bare code', () => {
    for (const code of ['A1b2C3', 'Sx+7/a=', 'abc.def-ghi_~']) {
      assert.deepEqual(read(` ${code}\n`), { code }, code);
    }
  });

  it('is a bare code as the address bar shows it', () => {
    assert.deepEqual(read('4%2F0AYq-1'), { code: '4/0AYq-1' });
    assert.deepEqual(read('4/0AYq-1'), { code: '4/0AYq-1' });
    for (const rest of ['#', '#_=_', '\u200B']) {
      assert.deepEqual(read(`A1b2C3${rest}`), { code: 'A1b2C3' }, rest);
    }
  });

  it('is a code that was cut out of the address, with or without what follows it', () => {
    for (const [text, expected] of [
      ['Sx%2B7%2Fa%3D', { code: 'Sx+7/a=' }],
      ['Sx%2B7%2Fa%3D&state=s', { code: 'Sx+7/a=', state: 's' }],
      ['A1b2C3&state=s', { code: 'A1b2C3', state: 's' }],
    ] as const) {
      assert.deepEqual(read(text), expected, text);
    }
  });

  it('keeps its state wherever that stands, so that it is checked', () => {
    for (const text of ['state=s&code=abcd', 'session_state=1&code=abcd&state=s', 'iss=x&code=abcd&state=s']) {
      assert.equal((read(text) as Record<string, string>)['state'], 's', text);
      assert.equal((read(text) as Record<string, string>)['code'], 'abcd', text);
    }
  });

  it('may be a refusal', () => {
    assert.deepEqual(read('http://localhost:8081/?error=access_denied&error_description=No+thanks&state=s'), {
      error: 'access_denied',
      error_description: 'No thanks',
      state: 's',
    });
  });

  it('is none: the page that refuses the redirect address, another page, or no code at all', () => {
    const verdicts = {
      'https://login.reltio.com/error?id=redirectUrlNotAllowed': 'redirectRefused',
      'https://auth.reltio.com/oauth/sso?tenant_id=abc&state=s': 'noCode',
      'https://login.reltio.com/': 'noCode',
      'http://localhost:8081': 'noCode',
      'localhost:8081': 'noCode',
      'login.reltio.com/abc': 'noCode',
      'auth.reltio.com:443/abc': 'noCode',
      'file:///etc/passwd': 'noCode',
      'about:blank': 'noCode',
      '?state=s': 'noCode',
      'state=s': 'noCode',
      '': 'notACode',
      '   ': 'notACode',
      abc: 'notACode',
      'I do not know': 'notACode',
      'Zug\u00E4nge': 'notACode',
    };
    assert.deepEqual(Object.fromEntries(Object.keys(verdicts).map((text) => [text, read(text)])), verdicts);
  });

  it('is read to a limit, however long it is', () => {
    const parameters = pastedCallback(`http://localhost/?code=${'x'.repeat(5_000_000)}`);
    assert.ok(parameters instanceof URLSearchParams && parameters.get('code')!.length < 20_000);
  });
});
