import * as vscode from 'vscode';

/** The shells whose quoting differs. `sh` stands for every shell of its family, fish included. */
export type Shell = 'sh' | 'PowerShell' | 'cmd';

/** The shells that set an environment variable in different ways. */
export type Dialect = 'sh' | 'fish' | 'csh' | 'nu' | 'PowerShell' | 'cmd';

export interface ShellInUse {
  readonly shell: Shell;
  readonly dialect: Dialect;
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
  const dialect = dialectOf(active) ?? dialectOf(byDefault) ?? usual;
  const shell = dialect === 'PowerShell' || dialect === 'cmd' ? dialect : 'sh';
  return { shell, dialect, curl: isWindows && shell === 'PowerShell' ? 'curl.exe' : 'curl' };
}

/** Undefined if it is no shell, for example a Python that runs in the terminal. */
function dialectOf(shell: string | undefined): Dialect | undefined {
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
    case 'fish':
    case 'nu':
      return name;
    case 'csh':
    case 'tcsh':
      return 'csh';
    case 'bash':
    case 'dash':
    case 'gitbash':
    case 'ksh':
    case 'sh':
    case 'wsl':
    case 'zsh':
      return 'sh';
    default:
      return undefined;
  }
}
