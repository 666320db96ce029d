import { setTimeout as pause } from 'node:timers/promises';
import * as vscode from 'vscode';

/** One of the environments in the user's settings. */
export interface Environment {
  readonly name: string;
  readonly url: string;
  readonly production: boolean;
  /** Whether this workspace uses it. */
  readonly inUse: boolean;
}

/** What the user may see: nothing; an entry in the Accounts menu; or a question, because of what they have just clicked. */
export type Prompt = 'silent' | 'offer' | 'ask';
/** `mayRepeat`: whether it may be sent twice; by default, only GET and HEAD. */
export type ReltioRequest = RequestInit & { readonly prompt?: Prompt; readonly mayRepeat?: boolean };

/** What `reltioAuth.api.v1.explain` answers, and the HTTP status, which is 0 if there was no answer. */
type Explanation = { kind: string; message: string; nextStep?: string; retryAfterSeconds?: number; status?: number };

/** Its message is for the user. It contains nothing of the answer, which may quote the token. */
export class ReltioError extends Error {
  override readonly name = 'ReltioError';
  constructor(readonly explanation: Readonly<Explanation>) {
    super(`${explanation.message} ${explanation.nextStep ?? ''}`.trim());
  }
}

type Session = vscode.AuthenticationSession;
const { executeCommand } = vscode.commands;

export class Reltio {
  /** @param memory remembers which account the user chose for which environment */
  constructor(private readonly memory: vscode.Memento) {}

  async environments(): Promise<readonly Environment[]> {
    const answer = await executeCommand<Environments>('reltioAuth.api.v1.environments');
    if (answer.problem !== undefined) throw new ReltioError({ kind: 'unknown', message: answer.problem });
    return answer.environments;
  }

  /** Get the token before each use, and keep it nowhere: it expires. Undefined if you have no access. */
  async getToken(environment: string, prompt?: Prompt): Promise<string | undefined> {
    return (await this.getSession(environment, prompt))?.accessToken;
  }

  async getSession(environment: string, prompt: Prompt = 'silent'): Promise<Session | undefined> {
    const key = `reltio.account.${environment}`;
    const account = this.memory.get<Session['account']>(key);
    // VS Code remembers one account for each extension, which may be the account of another environment.
    let session = (await ask(environment, {})) ?? (account && (await ask(environment, { account })));
    if (prompt !== 'silent') session ??= await ask(environment, { silent: false, createIfNone: prompt === 'ask' });
    if (session !== undefined && session.account.id !== account?.id) await this.memory.update(key, session.account);
    return session;
  }

  /** @throws {ReltioError} without access, and for every answer but a success */
  async fetch(environment: string, path: string, request: ReltioRequest = {}): Promise<Response> {
    const { prompt, mayRepeat, ...init } = request;
    const base = (await this.environments()).find(({ name }) => name === environment)?.url;
    const url = new URL(path, base ?? 'https://unknown.invalid');
    const elsewhere = `This is not an address of a Reltio environment named "${environment}".`;
    if (url.origin !== base) throw new ReltioError({ kind: 'wrongHost', message: elsewhere });
    const repeats = mayRepeat ?? /^(GET|HEAD)$/i.test(init.method ?? 'GET');
    let session = await this.getSession(environment, prompt);
    for (let attempt = 0, isReported = false; ; attempt++) {
      if (session === undefined) throw new ReltioError({ kind: 'noAccess', message: 'Sign in to Reltio first.' });
      const answer = await send(url, session.accessToken, init);
      if ('ok' in answer) return answer;
      const call = { ...answer, environment, account: session.account.id, url: url.origin + url.pathname };
      let explanation = await executeCommand<Explanation>('reltioAuth.api.v1.explain', call);
      let seconds = secondsToWait(answer.status, attempt, explanation);
      if (explanation.kind === 'tokenExpiredOrRejected' && !isReported) {
        const report = await executeCommand<Report>('reltioAuth.reportRejected', session.accessToken);
        isReported = true;
        if (report.outcome === 'refreshed' || report.outcome === 'unknown') seconds = 0;
        else explanation = { kind: explanation.kind, message: report.message };
      }
      if (!repeats || seconds > 60) throw new ReltioError({ ...explanation, status: answer.status });
      await pause(seconds * 1000, undefined, init.signal ? { signal: init.signal } : {});
      session = await ask(environment, { account: session.account }); // the same user, or nobody
    }
  }
}

async function ask(environment: string, options: vscode.AuthenticationGetSessionOptions): Promise<Session | undefined> {
  const scopes = [`RELTIO_ENVIRONMENT:${environment}`];
  return await vscode.authentication.getSession('reltio', scopes, { silent: true, ...options });
}

type Environments = { environments: Environment[]; problem?: string };
type Report = { outcome: string; message: string };
type Failure = { status: number; headers?: Record<string, string>; body?: string; code?: string };

async function send(url: URL, token: string, init: RequestInit): Promise<Response | Failure> {
  const headers = new Headers(init.headers);
  headers.set('Authorization', `Bearer ${token}`);
  const signal = init.signal ?? AbortSignal.timeout(60_000);
  try {
    const response = await fetch(url, { ...init, headers, signal, redirect: 'manual' }); // nobody else gets the token
    if (response.ok && !response.headers.get('content-type')?.startsWith('text/html')) return response;
    let body = '';
    for await (const part of response.body ?? []) {
      if ((body += Buffer.from(part as Uint8Array).toString()).length > 16_000) break; // it may be endless
    }
    return { status: response.status, headers: Object.fromEntries(response.headers), body };
  } catch (error) {
    const { name, cause } = error as { name?: string; cause?: { code?: string } };
    const code = name === 'TimeoutError' ? 'ETIMEDOUT' : cause?.code;
    if (code === undefined) throw error; // cancelled, or not a request that can be sent
    return { status: 0, code };
  }
}

function secondsToWait(status: number, attempt: number, { retryAfterSeconds }: Explanation): number {
  const usual = [429, 502, 503, 504].includes(status) ? [1, 3, 7][attempt] : undefined;
  return usual === undefined ? Infinity : Math.max(1, retryAfterSeconds ?? usual + Math.random());
}
