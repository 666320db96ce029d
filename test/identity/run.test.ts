import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { defaultPolicy } from './policy';
import { policyFlags, policyFrom } from './policyFlags';
import { startIdentityServer } from './server';

interface Introduction {
  readonly url: string;
  readonly users: readonly { readonly name: string; readonly password: string; readonly mfa: string }[];
  readonly clients: readonly { readonly id: string; readonly basic: string }[];
}

describe('The identity server as a process', () => {
  let child: ChildProcess;
  const start = (...flags: string[]) => {
    child = spawn(process.execPath, ['--require', require.resolve('tsx/cjs'), join(__dirname, 'run.ts'), ...flags], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    return { lines: createInterface(child.stdout!)[Symbol.asyncIterator](), exit: once(child, 'close') };
  };
  afterEach(() => {
    child.kill('SIGKILL');
  });

  it('prints a JSON line, then the one-time codes, and stops on SIGTERM', async () => {
    const { lines, exit } = start('--json', '--access-token-lifetime', '60');
    const { url, users, clients } = JSON.parse(String((await lines.next()).value)) as Introduction;
    const post = async (name: string) => {
      const user = users.find((user) => user.name === name);
      const response = await fetch(`${url}/oauth/token`, {
        method: 'POST',
        headers: { authorization: clients[0]?.basic ?? '' },
        body: new URLSearchParams({ grant_type: 'password', username: name, password: user?.password ?? '' }),
      });
      return (await response.json()) as Record<string, unknown>;
    };
    assert.ok([59, 60].includes(Number((await post('jane@acme.com'))['expires_in'])));
    assert.ok((await post('mina@acme.com'))['state_token']);
    assert.match(String((await lines.next()).value), /^E-mail to mina@acme\.com: your one-time code is \d{6}$/);
    await post('omar@acme.com');
    assert.match(String((await lines.next()).value), /^The authenticator app of omar@acme\.com shows \d{6}$/);
    child.kill('SIGTERM');
    assert.deepEqual(await exit, [0, null]);
  });

  it('prints users, clients, tenants and addresses for a reader', async () => {
    const { lines } = start();
    const printed: string[] = [];
    while (!printed.at(-1)?.includes('Ctrl-C')) {
      printed.push(String((await lines.next()).value));
    }
    const text = printed.join('\n');
    const url = /^The Reltio identity server: (http:\S+)$/m.exec(text)?.[1];
    assert.match(text, /^ {2}jane@acme\.com +jane\+sails=7&100%$/m);
    assert.match(text, /^ {2}omar@acme\.com +\S+ +then a code of the authenticator app$/m);
    assert.match(text, /^ {2}reltio_ui +secret +password refresh_token state_token$/m);
    assert.match(text, /^ {2}acme_postman +\S{32} +client_credentials, secret in the body$/m);
    assert.match(text, /^ {2}AcmeDev01 +Acme Development$/m);
    const [, address = ''] = /^ {2}browser sign-in +(\S+)$/m.exec(text) ?? [];
    assert.match(await (await fetch(address)).text(), /Sign in to Reltio/);
    const [, setting = ''] = /"reltioAuth\.environments": (.*)$/m.exec(text) ?? [];
    assert.deepEqual(JSON.parse(setting), [{ name: 'local', url, authUrl: url, tenant: 'AcmeDev01' }]);
  });

  it('prints what it can be told with --help, and names a port that is taken', async () => {
    const { lines, exit } = start('--help');
    assert.match(String((await lines.next()).value), /^npm run identity/);
    assert.deepEqual(await exit, [0, null]);
    const other = await startIdentityServer();
    const second = start('--port', String(other.port));
    let complaint = '';
    child.stderr?.setEncoding('utf8').on('data', (piece: string) => (complaint += piece));
    assert.deepEqual(await second.exit, [1, null]);
    await other.close();
    assert.match(complaint, new RegExp(`^Another program uses port ${other.port}\\.`));
  });

  it('stops on SIGINT too', async () => {
    const { lines, exit } = start();
    await lines.next();
    child.kill('SIGINT');
    assert.deepEqual(await exit, [0, null]);
  });

  it('exits with 1 and the list of flags when it is given an unknown one', async () => {
    const { exit } = start('--tokenlife', '60');
    let complaint = '';
    child.stderr?.setEncoding('utf8').on('data', (piece: string) => (complaint += piece));
    assert.deepEqual(await exit, [1, null]);
    assert.match(complaint, /--tokenlife[\s\S]*--access-token-lifetime <number> \(3600\)/);
  });

  it('has a flag for every policy, and refuses what a policy does not have', () => {
    assert.deepEqual([...policyFlags.values()].sort(), Object.keys(defaultPolicy).sort());
    const flags = {
      'refresh-returns': 'samePairSameExpiry',
      'access-token-lifetime': '60',
      'data-api-refuses': 'true',
    };
    assert.deepEqual(policyFrom(flags), {
      refreshReturns: 'samePairSameExpiry',
      accessTokenLifetime: 60,
      dataApiRefuses: true,
    });
    assert.deepEqual(policyFrom({ 'invalid-checked-token-status': '400', 'mfa-status': 'X' }), {
      invalidCheckedTokenStatus: 400,
      mfaStatus: 'X',
    });
    assert.throws(() => policyFrom({ 'revoke-takes': 'body' }), /--revoke-takes takes form, query, both, not "body"\./);
    assert.throws(() => policyFrom({ 'access-token-lifetime': '-1' }), /not negative/);
    assert.throws(() => policyFrom({ 'access-token-lifetime': '' }), /takes a number/);
  });
});
