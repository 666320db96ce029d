import assert from 'node:assert/strict';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join, relative } from 'node:path';
import { BROWSER_FLAGS } from '../../../scripts/hosts/browser';
import { ROOT, removeFolder, temporaryFolder } from '../../../scripts/process/folders';
import { newPassword, requirePassword } from '../../../scripts/hosts/password';

/** Other users of the machine reach every port on loopback and see the arguments of every process. */
describe('what the scripts and tests open', () => {
  const sources = ['scripts', 'test', 'examples'].flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.(ts|mjs|cjs|js)$/.test(name))
      .map((name) => join(ROOT, folder, name))
      .filter((file) => file !== __filename)
      .map((file) => ({ name: relative(ROOT, file), text: readFileSync(file, 'utf8') })),
  );

  it('listens on loopback only', () => {
    // the address is an option of the class; the others are sockets in folders that only this user can open
    const elsewhere = ({ name, line }: { name: string; line: string }): boolean =>
      !line.includes("'127.0.0.1'") &&
      !(name === 'test/fakes/proxy.ts' && line.includes('server.listen()')) &&
      !(name.startsWith('test/core/terminal/') && !/\.listen\(\d/.test(line));
    const calls = sources.flatMap(({ name, text }) =>
      text
        .split('\n')
        .filter((line) => line.includes('.listen(') && !/\b(own|this)\.listen\(/.test(line)) // methods of ours
        .map((line) => ({ name, line })),
    );
    assert.ok(calls.length > 5);
    assert.deepEqual(calls.filter(elsewhere), []);
  });

  it('opens no VS Code, debugger or browser that asks for no password', () => {
    for (const { name, text } of sources) {
      assert.doesNotMatch(
        text,
        /'--auth', 'none'|--auth[= ]none|--without-connection-token|remote-debugging-(port|address)|--inspect\b/,
        name,
      );
      assert.doesNotMatch(text, /'--(connection-token|password|hashed-password)'/, `${name}: every user can see it`);
    }
    assert.ok(!BROWSER_FLAGS.some((flag) => flag.includes('debugging')));
  });

  it('makes temporary folders that no other user can enter', () => {
    const folder = temporaryFolder('test');
    assert.equal(statSync(folder).mode & 0o777, 0o700);
    removeFolder(folder);
    for (const { name, text } of sources) {
      assert.doesNotMatch(text, /mkdir(Sync)?\([^;]*tmpdir\(\)/, `${name}: use mkdtemp`);
    }
  });

  it('makes passwords that cannot be guessed', () => {
    const passwords = new Set(Array.from({ length: 100 }, newPassword));
    assert.equal(passwords.size, 100);
    for (const password of passwords) assert.match(password, /^[\w-]{32}$/);
  });

  for (const [answer, isRefused] of [
    [{ status: 200, headers: {} }, false],
    [{ status: 302, headers: { location: '/?folder=x' } }, false],
    [{ status: 404, headers: {} }, false],
    [{ status: 302, headers: { location: './login?folder=x' } }, true],
    [{ status: 302, headers: { location: 'http://127.0.0.1/login' } }, true],
    [{ status: 401, headers: {} }, true],
    [{ status: 403, headers: {} }, true],
  ] as const) {
    it(`${isRefused ? 'keeps' : 'stops'} a server that answers ${JSON.stringify(answer)}`, async () => {
      const server = createServer((_request, response) => {
        response.writeHead(answer.status, answer.headers).end();
      });
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      const asked = requirePassword('It', `http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
      await (isRefused ? asked : assert.rejects(asked, /asks for no password/));
      await new Promise((resolve) => server.close(resolve));
    });
  }
});
