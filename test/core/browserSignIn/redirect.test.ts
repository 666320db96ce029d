import assert from 'node:assert/strict';
import { checkRedirect, defaultRedirect } from '../../../src/core/browserSignIn/redirect';

const trusted = ['reltio.com', 'acme.example'];
const verdict = (text: string): string => {
  const checked = checkRedirect(text, trusted);
  return checked.ok ? (checked.redirect.isLocal ? 'listen' : 'paste') : checked.problem;
};

describe('the redirect address', () => {
  it('is kept as the user wrote it, because Reltio compares it as text', () => {
    for (const address of [
      'http://localhost:8081',
      'http://LOCALHOST:8081/',
      'https://dev.reltio.com/oauth/callback',
    ]) {
      const checked = checkRedirect(` ${address}\n`, trusted);
      assert.equal(checked.ok && checked.redirect.address, address);
    }
  });

  it('is listened at on this machine only, and pasted at a trusted https host', () => {
    const verdicts = {
      'http://localhost:8081': 'listen',
      'http://localhost': 'listen',
      'http://127.0.0.1:8123/callback': 'listen',
      'http://[::1]:8081': 'listen',
      'https://dev.reltio.com/oauth/callback': 'paste',
      'https://login.acme.example': 'paste',
      'https://localhost:8443': 'paste',
      'http://dev.reltio.com': 'notHttps',
      'http://127.0.0.2:8081': 'notHttps',
      'http://localhost.evil.example:8081': 'notHttps',
      'http://localhost:0': 'notHttps',
      'http://localhost:6000': 'blockedPort',
      'http://127.0.0.1:7/callback': 'blockedPort',
      'https://login.acme.example:10080': 'blockedPort',
      'http://localhost:80': 'listen',
      'http://0.0.0.0:8081': 'notHttps',
      'https://evil.example/callback': 'notTrusted',
      'https://reltio.com.evil.example': 'notTrusted',
      'http://localhost:8081@evil.example': 'notPlain',
      'http://evil.example\\@localhost:8081': 'notPlain',
      'https://dev.reltio.com/?next=1': 'notPlain',
      'https://dev.reltio.com/#x': 'notPlain',
      'vscode://reltio/callback': 'notAnAddress',
      'localhost:8081': 'notAnAddress',
      'http://local host:8081': 'notAnAddress',
      'http://localhost:99999': 'notAnAddress',
      'https://dev.reltio.com/\u202Ecallback': 'notAnAddress',
      '': 'notAnAddress',
    };
    assert.deepEqual(Object.fromEntries(Object.keys(verdicts).map((text) => [text, verdict(text)])), verdicts);
  });

  it('is by default the one that Reltio allows for its own extension, which passes the check', () => {
    assert.equal(defaultRedirect.address, 'http://localhost:8081'); // docs/reltio.md, R22
    assert.deepEqual(checkRedirect(defaultRedirect.address, []), { ok: true, redirect: defaultRedirect });
  });
});
