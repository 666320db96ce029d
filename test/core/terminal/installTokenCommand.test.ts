import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import {
  commandFolder,
  installTokenCommand,
  isInstalled,
  type Installation,
} from '../../../src/core/terminal/installTokenCommand';

const modeOf = (path: string): number => lstatSync(path).mode & 0o777;

describe('the installation of reltio-token', () => {
  let root: string;
  let storage: string;
  let client: string;

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), "it's $HOME `id` ü%PATH% "));
    storage = join(root, 'globalStorage', 'reltio-auth');
    client = join(root, 'dist.js');
    writeFileSync(
      client,
      'console.log(JSON.stringify([process.argv.slice(2), process.env.NODE_OPTIONS, process.env.ELECTRON_RUN_AS_NODE]));',
    );
  });

  afterEach(() => {
    rmSync(root, { recursive: true, force: true });
  });

  const install = (options: Partial<Installation> = {}): Promise<string> =>
    installTokenCommand({ storage, client, ...options });

  /** Every file, with the moment of its last change. */
  const files = (): Record<string, number> =>
    Object.fromEntries(
      readdirSync(storage, { recursive: true, encoding: 'utf8' })
        .filter((name) => lstatSync(join(storage, name)).isFile())
        .map((name) => [name.replaceAll('\\', '/'), lstatSync(join(storage, name), { bigint: false }).ino]),
    );

  if (process.platform !== 'win32') {
    it('makes a command that passes its arguments on, without variables that keep Node from it', async () => {
      const folder = await install();
      writeFileSync(join(root, 'openssl.cnf'), '[not closed');
      const harmful = {
        NODE_OPTIONS: '--require /missing.js',
        NODE_CHANNEL_FD: 'x',
        OPENSSL_CONF: join(root, 'openssl.cnf'),
        NODE_USE_ENV_PROXY: '1',
        HTTPS_PROXY: 'proxy.acme.example:8080', // curl accepts it, and Node 24 does not start
      };
      const shell = `reltio-token --account 'a  b"c$d' '' '*' --json`;
      const stdout = await new Promise<string>((resolve, reject) => {
        execFile(
          '/bin/sh',
          ['-c', shell],
          { env: { ...harmful, PATH: `${folder}${delimiter}/usr/bin:/bin` }, cwd: root },
          (error, out, errors) => {
            if (error === null) resolve(out);
            else reject(new Error(errors));
          },
        );
      });
      assert.deepEqual(JSON.parse(stdout), [['--account', 'a  b"c$d', '', '*', '--json'], null, '1']);
    });

    for (const content of ['{ "type": "module" }', '{ broken']) {
      it(`makes a command that works below a package.json with ${content}`, async () => {
        writeFileSync(join(root, 'package.json'), content);
        writeFileSync(client, 'console.log(typeof require("node:net").connect)');
        const folder = await install();
        const stdout = await new Promise<string>((resolve, reject) => {
          execFile(join(folder, 'reltio-token'), (error, out, errors) => {
            if (error === null) resolve(out);
            else reject(new Error(errors));
          });
        });
        assert.equal(stdout, 'function\n');
      });
    }

    it('makes files that only this user can use', async () => {
      const folder = await install({ platform: 'win32' });
      assert.equal(modeOf(folder), 0o700);
      assert.equal(modeOf(join(storage, 'client')), 0o700);
      assert.equal(modeOf(join(folder, 'reltio-token')), 0o700);
      assert.equal(modeOf(join(folder, 'reltio-token.cmd')), 0o600);
      assert.equal(modeOf(join(storage, 'client', 'reltio-token.cjs')), 0o600);
    });

    it('makes a command again that cannot be run or that others could change', async () => {
      const folder = await install();
      for (const mode of [0o600, 0o777]) {
        chmodSync(join(folder, 'reltio-token'), mode);
        await install();
        assert.equal(modeOf(join(folder, 'reltio-token')), 0o700);
      }
    });

    it('replaces a link instead of following it', async () => {
      const folder = await install();
      const target = join(root, 'target');
      writeFileSync(target, readFileSync(join(folder, 'reltio-token')), { mode: 0o700 });
      rmSync(join(folder, 'reltio-token'));
      symlinkSync(target, join(folder, 'reltio-token'));
      await install({ node: '/other/node' });
      assert.ok(lstatSync(join(folder, 'reltio-token')).isFile());
      assert.doesNotMatch(readFileSync(target, 'utf8'), /other/);
    });

    it('says what to do in a shell of WSL, which finds the command of Windows', async () => {
      const folder = await install({ node: 'C:\\Code\\Code.exe', platform: 'win32' });
      const failed = await new Promise((resolve) => {
        const env = { PATH: '/usr/bin:/bin', WSL_DISTRO_NAME: 'Ubuntu' };
        execFile(join(folder, 'reltio-token'), { env }, (error, _out, errors) => {
          resolve([error?.code, errors]);
        });
      });
      assert.deepEqual(failed, [
        6,
        'reltio-token: This shell runs in WSL, its VS Code window in Windows. Reopen the folder in WSL, then try again.\n',
      ]);
    });

    it('says what to do where VS Code has moved', async () => {
      const folder = await install({ node: '/nowhere/code' });
      const [code, stderr] = await new Promise<[unknown, string]>((resolve) => {
        execFile(join(folder, 'reltio-token'), (error, _out, errors) => {
          resolve([error?.code, errors]);
        });
      });
      assert.deepEqual(
        [code, stderr],
        [6, 'reltio-token: VS Code was updated or moved. Reload its window, then try again.\n'],
      );
    });
  }

  it('makes only a command, and on Windows one for cmd, in the folder of the PATH', async () => {
    const folder = await install({ platform: 'linux' });
    assert.equal(folder, commandFolder(storage));
    assert.deepEqual(readdirSync(folder), ['reltio-token']);
    await install({ platform: 'win32' });
    assert.deepEqual(readdirSync(folder).sort(), ['reltio-token', 'reltio-token.cmd']);
  });

  it('writes only what differs', async () => {
    await install();
    const before = files();
    await install();
    assert.deepEqual(files(), before);
    await install({ node: '/other/node' });
    const after = files();
    assert.notEqual(after['bin/reltio-token'], before['bin/reltio-token']);
    assert.equal(after['client/reltio-token.cjs'], before['client/reltio-token.cjs']);
  });

  it('keeps the folder when a new version comes, and works without the old one', async () => {
    const folder = await install();
    const next = join(root, 'next');
    mkdirSync(next);
    writeFileSync(join(next, 'reltio-token.js'), 'next');
    assert.equal(await install({ client: join(next, 'reltio-token.js') }), folder);
    rmSync(next, { recursive: true });
    assert.equal(readFileSync(join(storage, 'client', 'reltio-token.cjs'), 'utf8'), 'next');
  });

  it('leaves what is there if the client is missing', async () => {
    await assert.rejects(install({ client: join(root, 'missing.js') }), { code: 'ENOENT' });
    assert.ok(!existsSync(join(storage, 'bin', 'reltio-token')));
  });

  it('is complete only with the script and the client', async () => {
    for (const part of ['bin/reltio-token', 'client/reltio-token.cjs']) {
      await install();
      assert.ok(await isInstalled(storage));
      rmSync(join(storage, part));
      assert.ok(!(await isInstalled(storage)));
    }
  });

  it('may run in several windows at the same time', async () => {
    await Promise.all(Array.from({ length: 5 }, () => install()));
    assert.deepEqual(Object.keys(files()).sort(), [
      'bin/reltio-token',
      'client/reltio-token.cjs',
      'client/sentences.json',
    ]);
  });
});
