import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  checkAddress,
  defaultTrustedSuffixes,
  isLoopback,
  isUnder,
  mayReceiveSecrets,
  normaliseSuffix,
} from '../../../src/core/trust/trustedHosts';

const reltio = defaultTrustedSuffixes;
const label = fc.stringMatching(/^[a-z][a-z0-9]{0,12}$/);
const port = fc.integer({ min: 1, max: 65_535 }).filter((number) => number !== 443 && number !== 80);

function problemOf(address: string, trusted = reltio): string {
  const checked = checkAddress(address, trusted);
  return checked.ok ? `trusted as ${checked.origin}` : checked.problem;
}

describe('checkAddress', () => {
  it('trusts reltio.com and everything below it, and nothing else by default', () => {
    assert.deepEqual(reltio, ['reltio.com']);
  });

  const trusted: Record<string, string> = {
    'https://auth.reltio.com': 'https://auth.reltio.com',
    'https://auth.reltio.com/': 'https://auth.reltio.com',
    '  https://auth.reltio.com \r\n': 'https://auth.reltio.com',
    'HTTPS://Auth.RELTIO.com': 'https://auth.reltio.com',
    'https://reltio.com': 'https://reltio.com',
    'https://na-dev-1.cloud.reltio.com': 'https://na-dev-1.cloud.reltio.com',
    'https://auth.reltio.com:443': 'https://auth.reltio.com',
    'https://auth.reltio.com:8443': 'https://auth.reltio.com:8443',
    'https://auth.reltio.com.': 'https://auth.reltio.com',
    'http://127.0.0.1:8080': 'http://127.0.0.1:8080',
    'http://127.8.9.10': 'http://127.8.9.10',
    'http://localhost:3000': 'http://localhost:3000',
    'http://LOCALHOST.:3000': 'http://localhost:3000',
    'http://[::1]:3000': 'http://[::1]:3000',
    'https://localhost:3000': 'https://localhost:3000',
  };
  for (const [address, origin] of Object.entries(trusted)) {
    it(`trusts ${JSON.stringify(address)}`, () => {
      const checked = checkAddress(address, reltio);
      assert.deepEqual(checked, { ok: true, origin, host: new URL(origin).host });
    });
  }

  const refused: Record<string, string> = {
    'https://reltio.com.evil.example': 'notTrusted',
    'https://auth.reltio.com.evil.example': 'notTrusted',
    'https://evilreltio.com': 'notTrusted',
    'https://auth-reltio.com': 'notTrusted',
    'https://reltio.com.evil.example.': 'notTrusted',
    'https://reltio.co': 'notTrusted',
    'https://auth.reltio.com..': 'notTrusted',
    'https://auth.reltio.com.evil.example..': 'notTrusted',
    'http://localhost..': 'notHttps',
    'https://com': 'notTrusted',
    'https://rеltio.com': 'notTrusted', // a Cyrillic е
    'https://auth.reltio。com.evil.example': 'notTrusted',
    'https://10.0.0.1': 'notTrusted',
    'https://[2001:db8::1]': 'notTrusted',
    'http://auth.reltio.com': 'notHttps',
    'http://auth.reltio.com:80': 'notHttps',
    'http://evil.example': 'notHttps',
    'http://0.0.0.0:3000': 'notHttps',
    'http://10.0.0.1': 'notHttps',
    'http://169.254.169.254': 'notHttps',
    'http://[::ffff:10.0.0.1]': 'notHttps',
    'http://127.0.0.1.evil.example': 'notHttps',
    'http://localhost.evil.example': 'notHttps',
    'http://mylocalhost': 'notHttps',
    'http://evil.localhost': 'notHttps', // a resolver may ask the network for it
    'https://jane:pw@auth.reltio.com': 'credentialsInside',
    'https://jane@auth.reltio.com': 'credentialsInside',
    'https://auth.reltio.com@evil.example': 'credentialsInside',
    'https://auth.reltio.com:443@evil.example': 'credentialsInside',
    'https://auth.reltio.com/oauth/token': 'moreThanAnOrigin',
    'https://auth.reltio.com?x=1': 'moreThanAnOrigin',
    'https://auth.reltio.com/#x': 'moreThanAnOrigin',
    'https://auth.reltio.com\\@evil.example': 'moreThanAnOrigin',
    'https://evil.example#@auth.reltio.com': 'moreThanAnOrigin',
    'https://evil.example?.reltio.com': 'moreThanAnOrigin',
    'https://evil.example/.reltio.com': 'moreThanAnOrigin',
    'auth.reltio.com': 'notAnAddress',
    'https://$(flame).reltio.com': 'notAnAddress',
    'https://`x`.reltio.com': 'notAnAddress',
    'https://(x),y&z.reltio.com': 'notAnAddress',
    'ftp://auth.reltio.com': 'notAnAddress',
    'javascript:alert(1)': 'notAnAddress',
    'file:///etc/passwd': 'notAnAddress',
    'https:auth.reltio.com': 'notAnAddress',
    'https:///auth.reltio.com': 'notAnAddress',
    'https://': 'notAnAddress',
    'https://auth.reltio.com:99999': 'notAnAddress',
    'https://auth reltio.com': 'notAnAddress',
    'https://%zz.reltio.com': 'notAnAddress',
    '': 'notAnAddress',
    '   ': 'notAnAddress',
  };
  for (const [address, problem] of Object.entries(refused)) {
    it(`refuses ${JSON.stringify(address)}: ${problem}`, () => {
      assert.equal(problemOf(address), problem);
      if (!['moreThanAnOrigin', 'notAnAddress'].includes(problem)) {
        assert.ok(!mayReceiveSecrets(address, reltio));
      }
    });
  }

  it('treats a full-width dot as the URL parser does', () => {
    assert.equal(problemOf('https://auth.reltio。com'), 'trusted as https://auth.reltio.com');
  });

  it('names the host of an address that it refuses, for the message', () => {
    const checked = checkAddress('https://auth.evil.example:8443', reltio);
    assert.equal(checked.ok ? undefined : checked.host, 'auth.evil.example:8443');
  });

  it('names no host when its place may hold a user name or a part of a password', () => {
    for (const address of [
      'https://jane:2024#pw@auth.reltio.com',
      'https://jane:2024/pw@auth.reltio.com',
      'https://jane:2024?pw@auth.reltio.com',
      'https://ACME\\jane:pw@auth.reltio.com',
      'https://ACME\\jane',
      'http://jane:2024#pw@auth.reltio.com',
      'https://jane:pw@auth.evil.example',
    ]) {
      const checked = checkAddress(address, reltio);
      assert.ok(!checked.ok, address);
      assert.equal(checked.host, undefined, address);
    }
  });

  it('never trusts a name that merely starts with, ends with or contains a trusted one', () => {
    fc.assert(
      fc.property(label, label, (one, other) => {
        for (const host of [
          `reltio.com.${one}.${other}`,
          `${one}reltio.com.${other}`,
          `${one}.reltio.com.${other}`,
          `${one}reltio.com`,
          `${one}-reltio.com`,
          `reltio.com${one}`,
          `reltio-com.${one}`,
        ]) {
          assert.equal(problemOf(`https://${host}`), 'notTrusted', host);
          assert.ok(!mayReceiveSecrets(`https://${host}/oauth/token`, reltio), host);
        }
      }),
    );
  });

  it('trusts any depth below a suffix, on any port, over https only', () => {
    fc.assert(
      fc.property(fc.array(label, { maxLength: 5 }), port, (labels, number) => {
        const host = [...labels, 'reltio.com'].join('.');
        assert.equal(problemOf(`https://${host}:${number}`), `trusted as https://${host}:${number}`);
        assert.equal(problemOf(`http://${host}:${number}`), 'notHttps');
        assert.ok(mayReceiveSecrets(`https://${host}:${number}/oauth/token`, reltio));
        assert.ok(!mayReceiveSecrets(`http://${host}:${number}/oauth/token`, reltio));
      }),
    );
  });

  it('accepts plain http to this machine only', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.webUrl({ validSchemes: ['http'] }),
          fc.ipV4().map((ip) => `http://${ip}`),
        ),
        (url) => {
          const { hostname } = new URL(url);
          const here = hostname === 'localhost' || /^127\./.test(hostname) || hostname === '[::1]';
          assert.equal(mayReceiveSecrets(url, ['reltio.com', 'com', hostname]), here, url);
        },
      ),
    );
  });

  it('agrees with the URL that will be requested: the origin leads to the host that was checked', () => {
    const odd = fc.string({ unit: fc.constantFrom(...'ahrtelio.com:/@\\#?%2e 。．①-[]0127'), maxLength: 30 });
    fc.assert(
      fc.property(odd, fc.constantFrom('https://', 'http://', ''), (rest, scheme) => {
        const checked = checkAddress(scheme + rest, reltio);
        if (checked.ok) {
          const url = new URL(checked.origin);
          assert.equal(url.origin, checked.origin);
          assert.equal(url.host, checked.host);
          assert.ok(isLoopback(url.hostname) || (url.protocol === 'https:' && isUnder(url.hostname, reltio)));
          assert.ok(!url.hostname.endsWith('.'));
        }
      }),
      { numRuns: 2000 },
    );
  });

  it('accepts no credentials, whatever they are', () => {
    fc.assert(
      fc.property(label, label, (user, password) => {
        assert.equal(problemOf(`https://${user}:${password}@auth.reltio.com`), 'credentialsInside');
        assert.ok(!mayReceiveSecrets(`https://${user}:${password}@auth.reltio.com/oauth/token`, reltio));
      }),
    );
  });

  it('trusts only the given suffixes', () => {
    assert.equal(problemOf('https://auth.reltio.com', ['acme.example']), 'notTrusted');
    assert.equal(problemOf('https://login.acme.example', ['acme.example']), 'trusted as https://login.acme.example');
    assert.equal(problemOf('https://auth.reltio.com', []), 'notTrusted');
  });
});

describe('mayReceiveSecrets', () => {
  it('checks whole URLs by their origin', () => {
    assert.ok(mayReceiveSecrets('https://auth.reltio.com/oauth/revoke?token=x', reltio));
    assert.ok(mayReceiveSecrets('http://127.0.0.1:4000/oauth/token', reltio));
    assert.ok(!mayReceiveSecrets('https://evil.example/auth.reltio.com', reltio));
    assert.ok(!mayReceiveSecrets('https://evil.example/?https://auth.reltio.com', reltio));
    assert.ok(!mayReceiveSecrets('/oauth/token', reltio));
    assert.ok(!mayReceiveSecrets('javascript:alert(1)', reltio));
    assert.ok(!mayReceiveSecrets('file:///etc/passwd', reltio));
    assert.ok(!mayReceiveSecrets('data:text/plain,auth.reltio.com', reltio));
    assert.ok(!mayReceiveSecrets('', reltio));
  });
});

describe('normaliseSuffix', () => {
  const suffixes: Record<string, string | undefined> = {
    'reltio.com': 'reltio.com',
    ' Reltio.COM. ': 'reltio.com',
    '.reltio.com': 'reltio.com',
    '*.reltio.com': 'reltio.com',
    'cloud.reltio.com': 'cloud.reltio.com',
    'münchen.example': 'xn--mnchen-3ya.example',
    com: undefined,
    localhost: undefined,
    'com.': undefined,
    '': undefined,
    '.': undefined,
    '*': undefined,
    '*.com': undefined,
    '*.*.acme.example': undefined,
    'acme..example': undefined,
    '..acme.example': undefined,
    'acme.example..': undefined,
    '10.0.0.1': undefined,
    '0x7f.1': undefined,
    '127.1': undefined,
    '[::1]': undefined,
    '::1': undefined,
    'acme.example:8443': undefined,
    'https://acme.example': undefined,
    'acme.example/path': undefined,
    'jane@acme.example': undefined,
    'acme example.com': undefined,
    'acme.example?x': undefined,
    'acme.*': undefined,
    '$x.ck': undefined,
    "acme'`(x).example": undefined,
  };
  for (const [text, suffix] of Object.entries(suffixes)) {
    it(`turns ${JSON.stringify(text)} into ${suffix ?? 'nothing'}`, () => {
      assert.equal(normaliseSuffix(text), suffix);
    });
  }

  it('returns a suffix of at least two labels that is its own normal form, or nothing', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.domain(), fc.webAuthority(), fc.ipV4(), fc.ipV6()), (text) => {
        const suffix = normaliseSuffix(text);
        if (suffix !== undefined) {
          assert.equal(normaliseSuffix(suffix), suffix);
          assert.ok(suffix.split('.').length >= 2 && !suffix.split('.').includes(''));
          assert.ok(isUnder(`below.${suffix}`, [suffix]) && isUnder(suffix, [suffix]));
          assert.ok(!isUnder(`x${suffix}`, [suffix]));
        }
      }),
    );
  });
});

describe('isLoopback', () => {
  it('accepts this machine in every notation, and no other', () => {
    for (const host of ['localhost', 'LocalHost', 'localhost.', '127.0.0.1', '127.255.255.254', '[::1]']) {
      assert.ok(isLoopback(host), host);
    }
    for (const host of ['128.0.0.1', '0.0.0.0', '[::]', '127.0.0.1.example', 'localhost.example', 'a.localhost', '']) {
      assert.ok(!isLoopback(host), host);
    }
  });
});
