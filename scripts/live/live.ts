import type { Clock } from '../../src/core/base/clock';
import type { HttpClient, HttpRequest } from '../../src/core/oauth/httpClient';
import { checkToken } from '../../src/core/oauth/checkToken';
import { Failure } from '../../src/core/base/failure';
import type { Answer, Credentials, Pair } from './login';

/** Reltio documents ten token calls a second for a customer. This leaves them to the others (milliseconds). */
const PAUSE = 1_000;
/** How long one call may take (milliseconds). */
const DEADLINE = 30_000;

/** Reltio asked for a pause. Nothing more is sent. */
export class AskedToPause extends Error {
  override readonly name = 'AskedToPause';
}

/** One sitting: the calls, their number, and the login that the questions are about. */
export class Live {
  calls = 0;
  /** The newest tokens. */
  pair: Pair;

  constructor(
    private readonly http: HttpClient,
    readonly clock: Clock,
    readonly server: string,
    readonly credentials: Credentials,
    /** The address of the environment's API; undefined if the person named none. */
    readonly environment: string | undefined,
    signIn: { readonly pair: Pair; readonly calls: number },
    private readonly pause = PAUSE,
  ) {
    this.pair = signIn.pair;
    this.calls = signIn.calls;
  }

  /** @throws {AskedToPause} after 429 */
  async send(request: HttpRequest): Promise<Answer> {
    const answer = await send(this.http, this.clock, request, this.pause);
    this.calls += 1;
    if (answer.kind === 'response' && answer.status === 429) {
      throw new AskedToPause();
    }
    return answer;
  }

  /** What checkToken says of a token, read as the extension reads it. */
  async stateOf(token: string): Promise<'valid' | 'not valid' | 'unclear'> {
    const http = { send: (request: HttpRequest) => this.send(request) };
    const signal = new AbortController().signal;
    try {
      const info = await checkToken(http, this.server, this.credentials.client, token, signal, this.clock.now());
      return info === 'notValid' ? 'not valid' : 'valid';
    } catch (error) {
      if (error instanceof Failure) return 'unclear';
      throw error;
    }
  }
}

export async function send(http: HttpClient, clock: Clock, request: HttpRequest, pause = PAUSE): Promise<Answer> {
  await new Promise<void>((resolve) => {
    clock.after(pause, resolve);
  });
  const limit = new AbortController();
  const cancel = clock.after(DEADLINE, () => {
    limit.abort();
  });
  try {
    return await http.send(request, limit.signal);
  } finally {
    cancel();
  }
}
