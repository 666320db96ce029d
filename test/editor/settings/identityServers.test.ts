import assert from 'node:assert/strict';
import { parseEnvironments } from '../../../src/editor/settings/environments';
import { identityServersOf } from '../../../src/editor/settings/identityServers';

const acme = { name: 'dev', url: 'https://dev.acme.com', authUrl: 'https://auth.acme.com' };
const servers = (entries: readonly unknown[], trusted: readonly string[]): readonly string[] =>
  identityServersOf(parseEnvironments(entries, trusted).environments, trusted);

describe('the identity servers to sign in at', () => {
  it("are those of the environments, each once, and Reltio's own", () => {
    assert.deepEqual(servers([acme, { ...acme, name: 'test' }], ['reltio.com', 'acme.com']), [
      'https://auth.acme.com',
      'https://auth.reltio.com',
    ]);
  });

  it('leave out what is not trusted, which could only be refused after the password was typed', () => {
    assert.deepEqual(servers([acme], ['acme.com']), ['https://auth.acme.com']);
    assert.deepEqual(servers([], ['acme.com']), ['https://auth.reltio.com'], 'where there is no other');
  });
});
