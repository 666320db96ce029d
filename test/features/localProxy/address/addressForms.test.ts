import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { copiedAddress, shownAddress } from '../../../../src/features/localProxy/address/addressForms';
import { addressSegment } from '../../../../src/features/localProxy/addressSegment';

const key = 'k3y-_'.padEnd(43, 'x');
const address = `http://127.0.0.1:4711/${key}/dev`;

describe('the forms of an address', () => {
  it('are the address, a line for .http files, and a line in the words of each shell', () => {
    assert.equal(copiedAddress('address', address, 'sh'), address);
    assert.equal(copiedAddress('http', address, 'sh'), `@baseUrl = ${address}`);
    const lines = {
      sh: ` export RELTIO_URL='${address}'`,
      fish: ` set -gx RELTIO_URL '${address}'`,
      csh: ` setenv RELTIO_URL '${address}'`,
      nu: ` $env.RELTIO_URL = '${address}'`,
      PowerShell: `$env:RELTIO_URL = '${address}'`,
      cmd: `set "RELTIO_URL=${address}"`,
    } as const;
    for (const dialect of ['sh', 'fish', 'csh', 'nu', 'PowerShell', 'cmd'] as const) {
      assert.equal(copiedAddress('shell', address, dialect), lines[dialect]);
    }
  });

  it('set the variable in a real shell, whatever the name of the environment', function () {
    if (process.platform === 'win32') return; // there is no sh
    for (const name of ['dev', 'it\'s (1) $(id) `id` !! \\ "x" & ~ %PATH%']) {
      const whole = `http://127.0.0.1:4711/${key}/${addressSegment(name)}`;
      const line = copiedAddress('shell', whole, 'sh');
      const { stdout } = spawnSync('sh', ['-c', `${line}\nprintf %s "$RELTIO_URL"`], { encoding: 'utf8' });
      assert.equal(stdout, whole);
    }
  });

  it('are refused for anything that a shell could treat specially', () => {
    for (const end of ["'", '"', '$x', '`', ' ', '\n', '(', '!', '&', ';', '\\', '?', '#', '*']) {
      for (const form of ['address', 'shell', 'http'] as const) {
        assert.throws(() => copiedAddress(form, address + end, 'sh'), /not an address/, end);
      }
    }
  });

  it('are shown without the key', () => {
    assert.equal(shownAddress(address), 'http://127.0.0.1:4711/…/dev');
  });
});
