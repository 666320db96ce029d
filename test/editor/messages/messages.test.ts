import assert from 'node:assert/strict';
import { Failure, isCancelled, type FailureCode } from '../../../src/core/base/failure';
import { failureTable } from '../../../src/core/base/failureTable';
import { describe as sentence, remedyFor } from '../../../src/editor/messages/messages';

const codes = Object.keys(failureTable) as FailureCode[];

describe('the messages', () => {
  it('are whole sentences without apology or jargon', () => {
    for (const code of codes) {
      const text = sentence(new Failure(code, { host: 'auth.reltio.com', status: 503, nodeCode: 'ENOTFOUND' }));
      assert.match(text, /^[A-Z"a].*\.$/, code);
      assert.ok(text.length <= 240, `${code}: ${text.length} characters`);
      assert.doesNotMatch(text, /went wrong|oops|sorry|undefined|\bnull\b|invalid_/i, code);
    }
  });

  it('can be said without knowing the host or the status', () => {
    for (const code of codes) assert.doesNotMatch(sentence(new Failure(code)), /undefined|\(HTTP \)|\(\)/, code);
  });

  it('differ from code to code, so that the user knows what to do', () => {
    const same = new Set(['refreshTokenRejected', 'signInAgain']);
    const texts = codes.filter((code) => !same.has(code)).map((code) => sentence(new Failure(code, { host: 'h' })));
    assert.equal(new Set(texts).size, texts.length);
  });

  it('name what helps', () => {
    assert.equal(
      sentence(new Failure('wrongPassword')), // the password may be one of another identity provider
      'Reltio does not accept this user name and password. Check both and try again.',
    );
    assert.match(sentence(new Failure('grantNotAllowed')), /Sign in with another method or another client/);
    assert.equal(remedyFor(new Failure('grantNotAllowed')), 'showLog', 'no other secret helps');
    const port = { host: 'localhost:8081', port: 8081 };
    assert.match(
      sentence(new Failure('portBusy', { ...port, nodeCode: 'EADDRINUSE' })),
      /port 8081 is taken on this computer \(EADDRINUSE\), maybe by a sign-in in another window\..*"Paste the callback instead" above\.$/,
    );
    assert.match(
      sentence(new Failure('portBusy', { ...port, nodeCode: 'EACCES' })),
      /this computer reserves port 8081 \(EACCES\)\. .*"Paste the callback instead" above, .*reltioAuth\.browserSignIn\.redirectUri/,
    );
    assert.match(
      sentence(new Failure('localProxyPortTaken', { port: 4711, nodeCode: 'EADDRINUSE' })),
      /another program uses port 4711 \(EADDRINUSE\)\. Close that program, or set reltioAuth\.localProxy\.port/,
    );
    assert.match(
      sentence(new Failure('localProxyPortTaken', { port: 80, nodeCode: 'EACCES' })),
      /this computer reserves port 80 \(EACCES\)\. Set reltioAuth\.localProxy\.port to another port, or to 0/,
    );
    assert.match(
      sentence(new Failure('requestRefused')),
      /Try again in a minute\. If the problem persists, see the log\.$/,
    );
  });

  it('show nothing of an error that is not ours', () => {
    assert.doesNotMatch(sentence(new Error('token=s3cret')), /s3cret/);
    assert.equal(remedyFor(new Error('x')), 'showLog');
  });

  it('say nothing when the user left', () => {
    assert.equal(isCancelled(new Failure('cancelled')), true);
    assert.equal(isCancelled(new Failure('timeout')), false);
  });
});
