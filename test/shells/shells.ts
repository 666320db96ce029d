import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** A shell in whose terminals `reltio-token` has to work, and how one writes in it what the documentation shows. */
export interface Shell {
  readonly name: string;
  /** What starts it with a script as its argument. */
  start(script: string): readonly string[];
  /** Whether the shell writes the quotes of its command line itself. */
  readonly verbatim?: true;
  /** A word of a command line with exactly this text. */
  quote(text: string): string;
  /** Texts that the shell cannot pass to a program. */
  readonly cannotPass?: RegExp;
  /** Prints `Bearer`, a space and the token, through what puts the output of a command into another one. */
  readonly bearer: string;
  /** The same with a variable, only if there is a token. */
  readonly bearerIfAny: string;
  /** Ends the script with the exit code of the command before. */
  readonly exit: string;
  /** Passes on what it reads. */
  readonly cat: string;
}

const posix = {
  start: (script: string) => ['-c', script],
  quote: (text: string) => `'${text.replaceAll("'", "'\\''")}'`,
  bearer: `printf '%s\\n' "Bearer $(reltio-token)"`,
  bearerIfAny: `token=$(reltio-token) && printf '%s\\n' "Bearer $token"`,
  exit: '',
  cat: 'cat',
};

const powerShell = {
  start: (script: string) => ['-NoProfile', '-NonInteractive', '-Command', script],
  quote: (text: string) => `'${text.replaceAll("'", "''")}'`,
  bearer: 'Write-Output "Bearer $(reltio-token)"',
  bearerIfAny: '$token = reltio-token; if ($LASTEXITCODE -eq 0) { Write-Output "Bearer $token" }; exit $LASTEXITCODE',
  exit: '; exit $LASTEXITCODE',
};

const onWindows: readonly Shell[] = [
  {
    name: 'cmd',
    start: (script) => ['/d', '/s', '/c', `"${script}"`],
    verbatim: true,
    quote: (text) => `"${text}"`,
    cannotPass: /["%\n]/, // cmd has no way to write them for a script
    bearer: `for /f "delims=" %t in ('reltio-token') do @echo Bearer %t`,
    bearerIfAny: `for /f "delims=" %t in ('reltio-token') do @echo Bearer %t`,
    exit: '',
    cat: 'findstr "^"',
  },
  // Windows PowerShell and older ones do not quote what they pass to a script of cmd
  { ...powerShell, name: 'powershell', cannotPass: /["%\n&^]|^$/, cat: '& findstr.exe "^"' },
  { ...powerShell, name: 'pwsh', cannotPass: /["%\n&^]|^$/, cat: '& findstr.exe "^"' },
  { ...posix, name: 'bash', cannotPass: /\n/ },
];

const elsewhere: readonly Shell[] = [
  { ...posix, name: 'sh' },
  { ...posix, name: 'bash' },
  { ...posix, name: 'dash' },
  { ...posix, name: 'zsh' },
  { ...posix, name: 'ksh' },
  {
    ...posix,
    name: 'fish',
    start: (script) => ['--no-config', '-c', script],
    quote: (text) => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`,
    bearerIfAny: `set token (reltio-token); and printf '%s\\n' "Bearer $token"`,
  },
  { ...powerShell, name: 'pwsh', cat: '& /bin/cat' },
];

/** The shells of this machine. RELTIO_TEST_SHELLS, a list with commas, names those that must be there. */
export function installedShells(): readonly Shell[] {
  const shells = process.platform === 'win32' ? onWindows : elsewhere;
  const wanted = (process.env['RELTIO_TEST_SHELLS'] ?? (process.platform === 'win32' ? 'cmd' : 'sh')).split(',');
  const missing = wanted.filter(
    (name) => !shells.some((shell) => shell.name === name && programOf(name) !== undefined),
  );
  if (missing.length > 0) throw new Error(`missing shells: ${missing.join(', ')}`);
  return shells.filter(({ name }) => programOf(name) !== undefined);
}

export interface Ran {
  readonly stdout: string;
  readonly stderr: string;
  readonly exit: number | null;
}

/** Runs a script in the shell. Does not block, because it calls back into this process. */
export function runIn(shell: Shell, script: string, env: NodeJS.ProcessEnv): Promise<Ran> {
  return new Promise((resolve, reject) => {
    const child = spawn(programOf(shell.name) ?? shell.name, shell.start(script), {
      env,
      windowsVerbatimArguments: shell.verbatim === true,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const [out, err]: [Buffer[], Buffer[]] = [[], []];
    child.stdout.on('data', (chunk: Buffer) => out.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => err.push(chunk));
    child.on('error', reject);
    child.on('close', (exit) => {
      const [stdout, stderr] = [out, err].map((chunks) => Buffer.concat(chunks).toString('utf8'));
      resolve({ stdout: (stdout ?? '').replaceAll('\r\n', '\n'), stderr: stderr ?? '', exit });
    });
  });
}

function programOf(name: string): string | undefined {
  // `bash` in the PATH of Windows may be the one of WSL, which has another file system
  if (process.platform === 'win32' && name === 'bash') {
    const gitBash = 'C:\\Program Files\\Git\\bin\\bash.exe';
    return existsSync(gitBash) ? gitBash : undefined;
  }
  const file = process.platform === 'win32' ? `${name}.exe` : name;
  const folder = (process.env['PATH'] ?? '').split(delimiter).find((one) => existsSync(join(one, file)));
  return folder === undefined ? undefined : join(folder, file);
}
