import '../../fakes/fakeVscode';
import assert from 'node:assert/strict';
import { shellOf } from '../../../src/features/handoff/shell';

describe('shellOf', () => {
  it('is the shell of the active terminal, if VS Code has recognised one', () => {
    assert.deepEqual(shellOf('zsh', '/bin/bash', 'darwin'), { shell: 'sh', curl: 'curl' });
    assert.deepEqual(shellOf('pwsh', '/bin/bash', 'linux'), { shell: 'PowerShell', curl: 'curl' });
    assert.deepEqual(shellOf('gitbash', 'C:\\Windows\\System32\\cmd.exe', 'win32'), { shell: 'sh', curl: 'curl' });
    assert.deepEqual(shellOf('cmd', 'pwsh.exe', 'win32'), { shell: 'cmd', curl: 'curl' });
    assert.equal(shellOf('python', '/usr/bin/fish', 'linux').shell, 'sh');
    assert.equal(shellOf('python', 'C:\\Windows\\System32\\cmd.exe', 'win32').shell, 'cmd');
  });

  it('otherwise the default shell, by its program', () => {
    const windows = 'C:\\Windows\\System32\\WindowsPowerShell\\v1.0\\powershell.exe';
    assert.deepEqual(shellOf(undefined, windows, 'win32'), { shell: 'PowerShell', curl: 'curl.exe' });
    assert.equal(shellOf(undefined, 'C:\\Program Files\\Git\\bin\\BASH.EXE', 'win32').shell, 'sh');
    assert.equal(shellOf(undefined, '/opt/microsoft/powershell/7/pwsh', 'linux').shell, 'PowerShell');
  });

  it('is one of Windows on a remote machine that runs it, whatever this one runs', () => {
    const windows = 'C:\\Windows\\System32\\WindowsPowerShell\\v1.0\\powershell.exe';
    assert.deepEqual(shellOf('pwsh', windows, 'linux'), { shell: 'PowerShell', curl: 'curl.exe' });
    assert.deepEqual(shellOf(undefined, 'D:\\tools\\other.exe', 'linux'), { shell: 'PowerShell', curl: 'curl.exe' });
  });

  it('otherwise what is usual on the machine of the terminal', () => {
    assert.deepEqual(shellOf(undefined, '', 'win32'), { shell: 'PowerShell', curl: 'curl.exe' });
    assert.deepEqual(shellOf(undefined, '/bin/something', 'linux'), { shell: 'sh', curl: 'curl' });
  });
});
