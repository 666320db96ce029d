import assert from 'node:assert/strict';
import { destinationOf } from '../../../../src/features/handoff/requestFiles/destination';
import { sampleEnvironment } from '../../../fakes/sampleEnvironment';
import { jane } from '../../../fakes/sampleSession';

const dev = sampleEnvironment('dev');
const test = sampleEnvironment('test', { identityServer: 'https://auth-test.reltio.com' });
const ofClient = sampleEnvironment('loader', { clientId: 'acme_loader' });
const live = sampleEnvironment('live', { url: dev.url, tenant: 'AcmeLive', production: true });
const local = sampleEnvironment('local', { url: 'http://127.0.0.1:8443' });

describe('where a request with a token may go', () => {
  const going = (address: string, inUse = dev): string => {
    const { environment, url } = destinationOf(address, jane, [dev, test, ofClient, local], inUse);
    return `${environment.name} ${url}`;
  };

  it('to an environment of the account, in the form in which it is sent', () => {
    assert.equal(going('https://dev.reltio.com'), 'dev https://dev.reltio.com/');
    assert.equal(going('HTTPS://DEV.reltio.com:443/a b?c=é#d'), 'dev https://dev.reltio.com/a%20b?c=%C3%A9');
    assert.equal(going('http://127.0.0.1:8443/a/../b'), 'local http://127.0.0.1:8443/b');
  });

  for (const address of [
    'https://evil.example/',
    'https://dev.reltio.com.evil.example/',
    'https://dev.reltio.com@evil.example/',
    'https://dev.reltio.com:8443/',
    'https://evil.example\\@dev.reltio.com/',
    'https://dev.reltio.com%2eevil.example/',
    'https://dev。reltio。com.evil.example/',
    'https://xdev.reltio.com/',
    'https://reltio.com/',
    'https://auth.reltio.com/oauth/checkToken',
    'http://dev.reltio.com/',
    'http://127.0.0.1:8444/',
    'http://localhost:8443/',
    'http://[::1]:8443/',
    'ws://127.0.0.1:8443/',
    'http://unix/var/run/docker.sock:/containers',
    'file:///etc/passwd',
    'data:text/plain,x',
  ]) {
    it(`not to ${address}`, () => {
      assert.throws(
        () => going(address),
        /is not one of your Reltio environments.*jane@acme\.com.*Reltio: Add Environment/,
      );
    });
  }

  for (const address of ['', '/reltio/api', 'dev.reltio.com/x', '{{host}}/x', 'https://']) {
    it(`not to the incomplete "${address}"`, () => {
      assert.throws(() => going(address), /not sent, because|is not one of/);
    });
  }

  it('not to an environment of another account: of another identity server, or another client', () => {
    assert.throws(
      () => going('https://test.reltio.com/'),
      /environment test is not for jane@acme\.com.*Switch Account/,
    );
    assert.throws(() => going('https://loader.reltio.com/'), /environment loader is not for jane@acme\.com/);
  });

  it('not out of the environment by steps that a server may read in another way', () => {
    assert.throws(() => going('https://dev.reltio.com/..%2f..%2fadmin'), /servers read in different ways/);
    assert.throws(() => going('https://dev.reltio.com/a%0d%0ab'), /servers read in different ways/);
  });

  it('of several environments at one host, it is the one in use; without one, production', () => {
    const chosen = (inUse: typeof dev | undefined, path: string): string =>
      destinationOf(`https://dev.reltio.com${path}`, jane, [dev, live], inUse).environment.name;
    assert.equal(chosen(dev, '/reltio/api/AcmeDev'), 'dev');
    assert.equal(chosen(live, '/reltio/api/AcmeDev'), 'live');
    assert.equal(chosen(undefined, '/reltio/api/AcmeDev'), 'live');
    assert.equal(chosen(dev, '/reltio/api/AcmeLive/entities'), 'live', 'the path names the tenant of production');
  });
});
