import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { removeFolder, temporaryFolder } from '../../../scripts/process/folders';
import { curlCommand } from '../../../src/features/handoff/curl';
import type { Shell } from '../../../src/editor/shell';

const token = 's.KLUv_SAl-YQ==.a~b+c/d.e=';
const dev = { url: 'https://dev.reltio.com', tenant: 'abc123' };

describe('curlCommand', () => {
  it('gives the token to curl on its standard input, in the words of each shell', () => {
    const header = 'Authorization: Bearer 2f1c5a5e';
    const url = 'https://dev.reltio.com/reltio/api/abc123/entities?max=1';
    const command = (shell: Shell, curl: 'curl' | 'curl.exe' = 'curl') => curlCommand(dev, '2f1c5a5e', shell, curl);
    assert.equal(command('sh'), ` echo '${header}' | curl -H @- '${url}'`);
    assert.equal(command('PowerShell', 'curl.exe'), `'${header}' | curl.exe -H '@-' '${url}'`);
    assert.equal(command('cmd'), `echo ${header}| curl -H @- "${url}"`);
  });

  it('lists the tenants where no tenant is set, or none that can be one', () => {
    for (const tenant of [undefined, '../../oauth', "x'; rm -rf ~; '", 'a b', '..', '$(id)', '%PATH%', 'a/b', '`id`']) {
      const command = curlCommand({ ...dev, tenant }, 'token', 'sh', 'curl');
      assert.equal(
        command,
        " echo 'Authorization: Bearer token' | curl -H @- 'https://dev.reltio.com/reltio/enhancedTenants?showAll=true'",
      );
    }
  });

  it('makes no command of a token that a shell could misread, whatever the shell', () => {
    const hostile = [
      "'; rm -rf ~; '",
      '$(id)',
      '`id`',
      '"&calc&"',
      '%PATH%',
      'a b',
      'a\nid',
      'a\rid',
      '^&id',
      '!!',
      'ä',
      '',
    ];
    for (const text of [
      ...hostile,
      '\u2019; id; \u2019',
      '@file',
      '-d@/etc/passwd;id',
      'a|id',
      '<x',
      '>x',
      '\\',
      '*',
      '?',
      '#',
    ]) {
      for (const shell of ['sh', 'PowerShell', 'cmd'] as const) {
        assert.throws(() => curlCommand(dev, text, shell, 'curl'), { code: 'tokenNotForShell' }, text);
      }
    }
  });

  describe('in a real shell', () => {
    let folder: string;
    beforeEach(() => {
      folder = temporaryFolder('curl');
    });
    afterEach(() => {
      removeFolder(folder);
    });

    /** A `curl` that notes its arguments and its standard input. */
    const plant = (): void => {
      const script = join(folder, 'curl.js');
      const noted = JSON.stringify(join(folder, 'noted'));
      writeFileSync(
        script,
        `const fs = require('node:fs');
         fs.writeFileSync(${noted}, JSON.stringify({ args: process.argv.slice(2), input: fs.readFileSync(0, 'utf8') }));`,
      );
      writeFileSync(join(folder, 'curl.cmd'), `@"${process.execPath}" "${script}" %*\r\n`);
      writeFileSync(join(folder, 'curl'), `#!/bin/sh\nexec '${process.execPath}' '${script}' "$@"\n`);
      chmodSync(join(folder, 'curl'), 0o755);
    };
    const run = (program: string, option: string, shell: Shell) => {
      plant();
      spawnSync(program, [option, curlCommand(dev, token, shell, 'curl')], {
        env: { ...process.env, PATH: `${folder}${delimiter}${process.env['PATH'] ?? ''}` },
        windowsVerbatimArguments: true,
      });
      return JSON.parse(readFileSync(join(folder, 'noted'), 'utf8')) as { args: string[]; input: string };
    };

    const shells: readonly (readonly [string, string, Shell])[] =
      process.platform === 'win32'
        ? [
            ['cmd', '/d /s /c', 'cmd'],
            ['powershell', '-Command', 'PowerShell'],
          ]
        : (['sh', 'bash', 'dash', 'zsh', 'ksh', 'fish'] as const)
            .filter((name) => ['/bin', '/usr/bin'].some((bin) => existsSync(join(bin, name))))
            .map((name) => [name, '-c', 'sh']);
    for (const [program, option, shell] of shells) {
      it(`arrives whole, and the token is no argument: ${program}`, () => {
        const { args, input } = run(program, option, shell);
        assert.deepEqual(args, ['-H', '@-', 'https://dev.reltio.com/reltio/api/abc123/entities?max=1']);
        assert.equal(input.trim(), `Authorization: Bearer ${token}`);
      });
    }
  });
});
