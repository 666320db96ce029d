import { createHash } from 'node:crypto';
import * as vscode from 'vscode';
import { Reltio, ReltioError, type Prompt, type ReltioRequest } from '../../../examples/consumer/reltio';

/** What the consumer reports about a session: enough to compare two, never the token itself. */
export interface SeenSession {
  readonly id: string;
  readonly label: string;
  readonly accountId: string;
  readonly scopes: readonly string[];
  /** The first characters of the token's SHA-256: equal for equal tokens. */
  readonly fingerprint: string;
  /** What the session says of its expiry, in milliseconds. Not in the types of VS Code 1.103, which passes it on. */
  readonly expiresAfter?: unknown;
  /** The HTTP status of a GET with the token as bearer, where an address was given. */
  readonly status?: number;
  /** The header of the answer that says what is wrong with the token. */
  readonly wwwAuthenticate?: string | null;
}

/** What an extension asks with instead of scopes, after a 401. In VS Code's API since 1.105. */
export interface ChallengeRequest {
  readonly wwwAuthenticate: string;
  readonly fallbackScopes?: readonly string[];
}

/** How a call through the example's `reltio.ts` ended. */
export type FetchResult =
  | { readonly status: number; readonly text: string }
  | { readonly error: string; readonly explanation?: ReltioError['explanation'] };

let events = 0;

/** Represents any other extension that calls Reltio. */
export function activate(context: vscode.ExtensionContext): void {
  const reltio = new Reltio(context.workspaceState);
  context.subscriptions.push(
    vscode.authentication.onDidChangeSessions((event) => {
      if (event.provider.id === 'reltio') events++;
    }),
    vscode.commands.registerCommand('consumer.getSession', getSession),
    vscode.commands.registerCommand('consumer.getAccounts', () => vscode.authentication.getAccounts('reltio')),
    vscode.commands.registerCommand('consumer.events', () => events),
    vscode.commands.registerCommand('consumer.fetch', (environment: string, path: string, request?: ReltioRequest) =>
      resultOf(reltio.fetch(environment, path, request)),
    ),
    vscode.commands.registerCommand('consumer.accountOf', async (environment: string, prompt?: Prompt) => {
      const session = await reltio.getSession(environment, prompt);
      const token = await reltio.getToken(environment);
      return session?.accessToken === token ? session?.account.label : 'another token';
    }),
    vscode.commands.registerCommand('consumer.askForSession', () => show({ createIfNone: true })),
    vscode.commands.registerCommand('consumer.askSilently', () => show({ silent: true })),
    vscode.commands.registerCommand('consumer.runAndAccept', runAndAccept),
    vscode.commands.registerCommand('consumer.applySettings', applySettings),
    // a folder that is on no disk: with it, the workspace is a virtual one
    vscode.workspace.registerFileSystemProvider('consumer-memory', new EmptyFolder(), { isReadonly: true }),
  );
}

async function getSession(
  asked: readonly string[] | ChallengeRequest = [],
  options: vscode.AuthenticationGetSessionOptions = {},
  url = '',
): Promise<SeenSession | undefined> {
  const session = await vscode.authentication.getSession('reltio', asked as readonly string[], options);
  if (session === undefined) return undefined;
  const seen = {
    id: session.id,
    label: session.account.label,
    accountId: session.account.id,
    scopes: session.scopes,
    fingerprint: createHash('sha256').update(session.accessToken).digest('hex').slice(0, 12),
    expiresAfter: (session as { expiresAfter?: unknown }).expiresAfter,
  };
  return url === '' ? seen : { ...seen, ...(await get(url, session.accessToken)) };
}

async function resultOf(call: Promise<Response>): Promise<FetchResult> {
  try {
    const response = await call;
    return { status: response.status, text: await response.text() };
  } catch (error) {
    if (error instanceof ReltioError) return { error: error.message, explanation: error.explanation };
    return { error: String(error) };
  }
}

/** Every command of VS Code 1.103 and 1.139 that accepts a question. */
const accepting = [
  'workbench.action.acceptSelectedQuickOpenItem',
  'quickInput.accept',
  'quickInput.acceptInBackground',
  'notification.acceptPrimaryAction',
  'list.select',
  'acceptSelectedSuggestion',
];

/** Acts as an extension without the user's consent: runs a command and accepts whatever it asks. */
async function runAndAccept(): Promise<void> {
  const command = vscode.workspace.getConfiguration('consumer').get<string>('runs') ?? '';
  void vscode.commands.executeCommand(command);
  for (let round = 0; round < 15; round++) {
    await new Promise((resolve) => setTimeout(resolve, 200));
    for (const id of accepting) {
      await vscode.commands.executeCommand(id).then(undefined, () => undefined); // not in this version, or nothing to accept
    }
  }
  void vscode.window.showInformationMessage(`Consumer: ran ${command} and accepted everything`);
}

/** Settings as JSON on the clipboard become settings of the user, without a reload. */
async function applySettings(): Promise<void> {
  const text = await vscode.env.clipboard.readText();
  const settings = JSON.parse(text) as Record<string, unknown>;
  for (const [name, value] of Object.entries(settings)) {
    await vscode.workspace.getConfiguration().update(name, value, vscode.ConfigurationTarget.Global);
  }
  void vscode.window.showInformationMessage(`Consumer: applied ${Object.keys(settings).join(', ')}`);
}

async function get(url: string, token: string): Promise<Pick<SeenSession, 'status' | 'wwwAuthenticate'>> {
  const answer = await fetch(url, { headers: { Authorization: `Bearer ${token}` }, redirect: 'manual' });
  await answer.body?.cancel();
  return { status: answer.status, wwwAuthenticate: answer.headers.get('www-authenticate') };
}

async function show(options: vscode.AuthenticationGetSessionOptions): Promise<void> {
  const settings = vscode.workspace.getConfiguration('consumer');
  try {
    const seen = await getSession(settings.get<string[]>('scopes'), options, settings.get<string>('url'));
    const text = seen === undefined ? 'no session' : `status ${seen.status ?? 'unknown'} as ${seen.label}`;
    void vscode.window.showInformationMessage(`Consumer: ${text}`);
  } catch (error) {
    void vscode.window.showErrorMessage(`Consumer: ${error instanceof Error ? error.message : String(error)}`);
  }
}

class EmptyFolder implements vscode.FileSystemProvider {
  readonly onDidChangeFile = new vscode.EventEmitter<vscode.FileChangeEvent[]>().event;

  stat({ path }: vscode.Uri): vscode.FileStat {
    if (path !== '/' && path !== '/app') throw vscode.FileSystemError.FileNotFound();
    return { type: vscode.FileType.Directory, ctime: 0, mtime: 0, size: 0 };
  }

  readDirectory(): [string, vscode.FileType][] {
    return [];
  }

  watch(): vscode.Disposable {
    return new vscode.Disposable(() => undefined);
  }

  readFile(): never {
    throw vscode.FileSystemError.FileNotFound();
  }

  createDirectory(): never {
    throw vscode.FileSystemError.NoPermissions();
  }

  writeFile(): never {
    throw vscode.FileSystemError.NoPermissions();
  }

  delete(): never {
    throw vscode.FileSystemError.NoPermissions();
  }

  rename(): never {
    throw vscode.FileSystemError.NoPermissions();
  }
}
