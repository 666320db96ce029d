import * as vscode from 'vscode';
import type { Shell } from './curl';

export interface ShellInUse {
  readonly shell: Shell;
  /** In Windows PowerShell, `curl` alone is another command. */
  readonly curl: 'curl' | 'curl.exe';
}

/** The shell of the terminal that the user will probably paste into: the active one, or the default. */
export function shellInUse(): ShellInUse {
  const isHere = vscode.env.remoteName === undefined; // otherwise terminals run on another machine
  return shellOf(vscode.window.activeTerminal?.state.shell, vscode.env.shell, isHere ? process.platform : 'linux');
}

/**
 * @param active what VS Code has found out about the active terminal, such as `zsh` or `pwsh`
 * @param byDefault path of the default shell
 * @param platform of the machine on which terminals run
 */
export function shellOf(active: string | undefined, byDefault: string, platform: NodeJS.Platform): ShellInUse {
  const isWindows = platform === 'win32' || /\.exe$/i.test(byDefault); // a remote machine may run it too
  const usual = isWindows ? 'PowerShell' : 'sh';
  const shell = kindOf(active) ?? kindOf(byDefault) ?? usual;
  return { shell, curl: isWindows && shell === 'PowerShell' ? 'curl.exe' : 'curl' };
}

/** Undefined if it is no shell, for example a Python that runs in the terminal. */
function kindOf(shell: string | undefined): Shell | undefined {
  const name = (shell ?? '')
    .split(/[\\/]/)
    .at(-1)
    ?.toLowerCase()
    .replace(/\.exe$/, '');
  switch (name) {
    case 'powershell':
    case 'pwsh':
    case 'pwsh-preview':
      return 'PowerShell';
    case 'cmd':
      return 'cmd';
    case 'bash':
    case 'csh':
    case 'dash':
    case 'fish':
    case 'gitbash':
    case 'ksh':
    case 'nu':
    case 'sh':
    case 'tcsh':
    case 'wsl':
    case 'zsh':
      return 'sh';
    default:
      return undefined;
  }
}
