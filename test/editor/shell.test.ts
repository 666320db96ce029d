import '../fakes/fakeVscode';
import assert from 'node:assert/strict';
import { shellOf, type ShellInUse } from '../../src/editor/shell';

const curlOf = (...asked: Parameters<typeof shellOf>): Partial<ShellInUse> => {
  const { shell, curl } = shellOf(...asked);
  return { shell, curl };
};

describe('shellOf', () => {
  it('is the shell of the active terminal, if VS Code has recognised one', () => {
    assert.deepEqual(curlOf('zsh', '/bin/bash', 'darwin'), { shell: 'sh', curl: 'curl' });
    assert.deepEqual(curlOf('pwsh', '/bin/bash', 'linux'), { shell: 'PowerShell', curl: 'curl' });
    assert.deepEqual(curlOf('gitbash', 'C:\\Windows\\System32\\cmd.exe', 'win32'), { shell: 'sh', curl: 'curl' });
    assert.deepEqual(curlOf('cmd', 'pwsh.exe', 'win32'), { shell: 'cmd', curl: 'curl' });
    assert.equal(shellOf('python', '/usr/bin/fish', 'linux').shell, 'sh');
    assert.equal(shellOf('python', 'C:\\Windows\\System32\\cmd.exe', 'win32').shell, 'cmd');
  });

  it('otherwise the default shell, by its program', () => {
    const windows = 'C:\\Windows\\System32\\WindowsPowerShell\\v1.0\\powershell.exe';
    assert.deepEqual(curlOf(undefined, windows, 'win32'), { shell: 'PowerShell', curl: 'curl.exe' });
    assert.equal(shellOf(undefined, 'C:\\Program Files\\Git\\bin\\BASH.EXE', 'win32').shell, 'sh');
    assert.equal(shellOf(undefined, '/opt/microsoft/powershell/7/pwsh', 'linux').shell, 'PowerShell');
  });

  it('is one of Windows on a remote machine that runs it, whatever this one runs', () => {
    const windows = 'C:\\Windows\\System32\\WindowsPowerShell\\v1.0\\powershell.exe';
    assert.deepEqual(curlOf('pwsh', windows, 'linux'), { shell: 'PowerShell', curl: 'curl.exe' });
    assert.deepEqual(curlOf(undefined, 'D:\\tools\\other.exe', 'linux'), { shell: 'PowerShell', curl: 'curl.exe' });
  });

  it('otherwise what is usual on the machine of the terminal', () => {
    assert.deepEqual(curlOf(undefined, '', 'win32'), { shell: 'PowerShell', curl: 'curl.exe' });
    assert.deepEqual(curlOf(undefined, '/bin/something', 'linux'), { shell: 'sh', curl: 'curl' });
  });

  it('also says how the shell sets a variable', () => {
    const dialects = {
      '/bin/bash': 'sh',
      '/usr/bin/fish': 'fish',
      '/bin/tcsh': 'csh',
      '/usr/bin/nu': 'nu',
      '/opt/microsoft/powershell/7/pwsh': 'PowerShell',
      'C:\\Windows\\System32\\cmd.exe': 'cmd',
    };
    for (const [shell, dialect] of Object.entries(dialects)) {
      assert.equal(shellOf(undefined, shell, 'linux').dialect, dialect);
    }
    assert.equal(shellOf('fish', '/bin/bash', 'linux').dialect, 'fish');
  });
});
