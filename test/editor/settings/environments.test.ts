import assert from 'node:assert/strict';
import { parseEnvironments } from '../../../src/editor/settings/environments';

const trusted = ['reltio.com'];

describe('reltioAuth.environments', () => {
  it('reads an entry and fills in what was left out', () => {
    const { environments, problems } = parseEnvironments([{ name: ' dev ', url: 'https://DEV.reltio.com/' }], trusted);
    assert.deepEqual(problems, []);
    assert.deepEqual(environments, [
      {
        name: 'dev',
        url: 'https://dev.reltio.com',
        identityServer: 'https://auth.reltio.com',
        tenant: undefined,
        production: false,
        clientId: undefined,
        mcp: false,
      },
    ]);
  });

  const wrong: readonly [string, unknown, RegExp][] = [
    ['no list', { name: 'dev' }, /^reltioAuth\.environments must be a list/],
    [
      'an entry that is a text',
      ['dev'],
      /^Entry 1 of reltioAuth\.environments must look like \{ "name": "dev", "url": "https:\/\/dev\.reltio\.com" \}\.$/,
    ],
    [
      'no name',
      [{ url: 'https://dev.reltio.com' }],
      /^Entry 1 of reltioAuth\.environments cannot be used\. Correct "name"\.$/,
    ],
    ['a blank name', [{ name: ' ', url: 'https://dev.reltio.com' }], /Correct "name"\.$/],
    ['a number for an address', [{ name: 'dev', url: 7 }], /Correct "url"\.$/],
    [
      'no scheme',
      [{ name: 'dev', url: 'dev.reltio.com' }],
      /"dev", url: this is not an address\. Write it like https:\/\/dev\.reltio\.com\.$/,
    ],
    [
      'no scheme of an identity server',
      [{ name: 'dev', url: 'https://dev.reltio.com', authUrl: 'auth' }],
      /"dev", authUrl: this is not an address\. Write it like https:\/\/auth\.reltio\.com\.$/,
    ],
    [
      'a misspelt field, which would send the password elsewhere',
      [{ name: 'dev', url: 'https://dev.reltio.com', authURL: 'https://auth-eu.reltio.com' }],
      /^Entry 1 of reltioAuth\.environments has an unknown field "authURL"\. Write "authUrl": until then the entry is ignored\.$/,
    ],
    [
      'a field of another extension',
      [{ name: 'dev', url: 'https://dev.reltio.com', color: 'red' }],
      /^Entry 1 of reltioAuth\.environments has an unknown field "color"\. Remove it: until then the entry is ignored\.$/,
    ],
    [
      'a path',
      [{ name: 'dev', url: 'https://dev.reltio.com/ui/x' }],
      /write the address without a path: https:\/\/dev\.reltio\.com\.$/,
    ],
    ['plain http', [{ name: 'dev', url: 'http://dev.reltio.com' }], /use https:\/\/ for dev\.reltio\.com\./],
    [
      'a foreign host',
      [{ name: 'dev', url: 'https://evilreltio.com' }],
      /evilreltio\.com is not a trusted host\. If it is yours, add it/,
    ],
    [
      'a foreign identity server',
      [{ name: 'dev', url: 'https://dev.reltio.com', authUrl: 'https://reltio.com.evil.example' }],
      /"dev", authUrl: reltio\.com\.evil\.example is not a trusted host/,
    ],
    [
      'a tenant that would lead to another address',
      [{ name: 'dev', url: 'https://dev.reltio.com', tenant: '../oauth' }],
      /^Environment "dev", tenant: this is not the id of a tenant\. Write it as in the address of a Reltio page: …\/ui\/<id>\.$/,
    ],
    [
      'a name that is there twice',
      [
        { name: 'dev', url: 'https://dev.reltio.com' },
        { name: 'dev', url: 'https://test.reltio.com' },
      ],
      /two environments are named "dev"\. Give each environment its own name\.$/,
    ],
  ];
  it('says what is wrong with each named entry that it ignores', () => {
    const { problems, ignored } = parseEnvironments(
      [
        { name: 'dev', url: 'https://dev.reltio.com' },
        { name: ' corp ', url: 'https://api.corp.example' },
        { name: 'test', url: 7 },
        { name: 'dev', url: 'https://test.reltio.com' },
        { url: 'https://nameless.reltio.com' },
      ],
      trusted,
    );
    assert.deepEqual([...ignored.keys()], ['corp', 'test']);
    assert.deepEqual([...ignored.values()], problems.slice(0, 2));
    assert.match(ignored.get('corp') ?? '', /api\.corp\.example is not a trusted host/);
  });

  for (const [name, value, sentence] of wrong) {
    it(`has one sentence that says what to do: ${name}`, () => {
      const { problems } = parseEnvironments(value, trusted);
      assert.equal(problems.length, 1);
      assert.match(problems[0] ?? '', sentence);
    });
  }

  it('repeats no password of an address', () => {
    const { problems } = parseEnvironments([{ name: 'dev', url: 'https://jane:hunter2@dev.reltio.com' }], trusted);
    assert.deepEqual(problems, ['Environment "dev", url: remove the user name and password from the address.']);
  });

  it('does not repeat a user name or a part of a password in place of a host', () => {
    for (const address of [
      'https://jane:2024#pw@auth.reltio.com',
      'https://jane:2024/pw@auth.reltio.com',
      'https://ACME\\jane:pw@auth.reltio.com',
      'http://jane:2024?pw@auth.reltio.com',
      'https://jane:pw@evil.example',
    ]) {
      for (const entry of [
        { name: 'dev', url: address },
        { name: 'dev', url: 'https://dev.reltio.com', authUrl: address },
      ]) {
        const { faults } = parseEnvironments([entry], trusted);
        assert.equal(faults.length, 1);
        for (const text of Object.values(faults[0] ?? {}))
          assert.doesNotMatch(String(text), /jane|2024|pw|acme/i, address);
      }
    }
  });

  it('leaves out an entry with a misspelt field', () => {
    const entry = { name: 'dev', url: 'https://dev.reltio.com', authURL: 'https://auth-eu.reltio.com' };
    assert.deepEqual(parseEnvironments([entry], trusted).environments, []);
  });

  it('can report each fault by number and field, without its value', () => {
    const entry = { name: 'Hunter2', url: 'https://dev.reltio.com' };
    const shared = (value: unknown): readonly string[] =>
      parseEnvironments(value, trusted).faults.map(({ shareable }) => shareable);
    assert.deepEqual(
      shared([
        entry,
        { ...entry, name: 'b', url: 'hunter2' },
        { ...entry, name: 'c', authUrl: 'https://hunter2.example' },
        { ...entry, name: 'd', hunter2: 'x' },
        { ...entry, url: 7 },
        entry,
        'hunter2',
        { ...entry, name: 'e', url: 'https://dev.reltio.com/hunter2' },
        { ...entry, name: 'f', url: 'http://hunter2.reltio.com' },
      ]),
      [
        'Entry 2 of reltioAuth.environments, "url": this is not an address. Write it like https://dev.reltio.com.',
        'Entry 3 of reltioAuth.environments, "authUrl": this host is not a trusted host. If it is yours, add it to reltioAuth.trustedHosts.',
        'Entry 4 of reltioAuth.environments has an unknown field. Correct or remove it: until then the entry is ignored.',
        'Entry 5 of reltioAuth.environments cannot be used. Correct "url".',
        'Entry 6 of reltioAuth.environments has the name of another entry. Give each environment its own name.',
        'Entry 7 of reltioAuth.environments must look like { "name": "dev", "url": "https://dev.reltio.com" }.',
        'Entry 8 of reltioAuth.environments, "url": write the address without a path: https://dev.reltio.com.',
        'Entry 9 of reltioAuth.environments, "url": use https:// for this host. Plain http is for this machine only.',
      ],
    );
  });

  it('keeps the good entries beside a bad one', () => {
    const { environments, problems } = parseEnvironments(
      [
        { name: 'bad', url: 'x' },
        { name: 'dev', url: 'https://dev.reltio.com' },
      ],
      trusted,
    );
    assert.deepEqual([environments.length, problems.length], [1, 1]);
  });

  it('accepts plain http for this machine', () => {
    const { environments } = parseEnvironments(
      [{ name: 'local', url: 'http://localhost:8080', authUrl: 'http://[::1]:9090' }],
      trusted,
    );
    assert.equal(environments[0]?.identityServer, 'http://[::1]:9090');
  });
});
