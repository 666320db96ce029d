import assert from 'node:assert/strict';
import { postmanEnvironment, postmanFileName } from '../../../../src/features/localProxy/address/postmanEnvironment';

const key = 'k3y-_'.padEnd(43, 'x');

describe('the environment for Postman', () => {
  it('has the address with the key as a variable, which Postman masks', () => {
    const text = postmanEnvironment('0b7c', 'EU test', `http://127.0.0.1:4711/${key}/EU%20test`, key);
    assert.deepEqual(JSON.parse(text), {
      id: '0b7c',
      name: 'Reltio EU test',
      values: [
        {
          key: 'baseUrl',
          value: 'http://127.0.0.1:4711/{{reltioProxyKey}}/EU%20test',
          type: 'default',
          enabled: true,
        },
        { key: 'reltioProxyKey', value: key, type: 'secret', enabled: true },
      ],
      _postman_variable_scope: 'environment',
    });
    assert.equal(text.split(key).length, 2, 'once');
  });

  it('is saved under a name that every file system takes', () => {
    const end = '.postman_environment.json';
    assert.equal(postmanFileName('dev'), `reltio-dev${end}`);
    assert.equal(postmanFileName('EU: test/2 (new)'), `reltio-EU-test-2-new${end}`);
    assert.equal(postmanFileName('../../.ssh/config'), `reltio-ssh-config${end}`);
    assert.equal(postmanFileName('größe'), `reltio-größe${end}`);
    assert.equal(postmanFileName('///'), `reltio${end}`);
    assert.ok(postmanFileName('x'.repeat(500)).length < 100);
  });
});
