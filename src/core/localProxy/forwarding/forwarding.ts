import type { IncomingMessage, ServerResponse } from 'node:http';
import { displayText } from '../../base/displayText';
import { failedTransport } from '../../base/failure';
import { isSameAccount } from '../../model/account';
import type { AdmittedRequest } from '../admission';
import type { ForwarderParts } from './forwarderParts';
import type { Refuse } from '../proxyServer';
import { unexpected, type Refusal } from '../refusal';
import { isForMcp } from '../mcpPath';
import { upstreamUrl } from '../target';
import type { UpstreamResponse } from '../upstream';
import { defectOf, hasBodyFor, isEventStream, mayRepeatToken } from './answer';
import { headersForClient } from './answerHeaders';
import { clear, isRefusal, refusalFor, type Clearance } from './clearance';
import { writeBody } from './clientAnswer';
import { withEndpoint } from './endpointEvent';
import { TokenMask } from './masking';
import { locationForClient } from './redirects';
import { examine } from './rejection';
import { RequestBody } from './requestBody';
import { hasBody, headersToSend, isChange } from './requestHeaders';

/** How long a client may go on sending a request that is answered already, in milliseconds. */
const drainTime = 5_000;

/** Sends the head. `flushHeaders` would write names in other scripts as other bytes than the environment did. */
const nothing = Buffer.alloc(0);

/** A request that was sent, and its answer. */
interface Sent extends Clearance {
  readonly url: string;
  readonly answer: UpstreamResponse;
}

/** One request on its way to its environment, and the answer on its way back. */
export class Forwarding {
  private readonly body: RequestBody | undefined;
  private readonly startedAt: number;
  /** Ends what goes on with the environment. */
  private attempt = new AbortController();

  constructor(
    private readonly parts: ForwarderParts,
    private readonly admitted: AdmittedRequest,
    private readonly request: IncomingMessage,
    private readonly response: ServerResponse,
    private readonly refuse: Refuse,
  ) {
    this.body = hasBody(request) ? new RequestBody(request) : undefined;
    this.startedAt = parts.clock.steady();
  }

  async run(): Promise<void> {
    this.response.once('close', () => {
      this.attempt.abort();
    });
    try {
      await this.exchange();
    } finally {
      this.body?.stop();
    }
  }

  /** The client has left, or the server has answered itself: to a request that broke off, or because the proxy stops. */
  private get isOver(): boolean {
    return this.response.destroyed || this.response.headersSent;
  }

  private get method(): string {
    return this.request.method ?? '';
  }

  private async exchange(): Promise<void> {
    const sent = await this.send(await clear(this.parts, this.admitted, this.request));
    const last = isRefusal(sent) ? sent : await this.repeatIfRejected(sent);
    if (this.isOver) {
      return;
    }
    if (isRefusal(last)) {
      this.body?.stop();
      this.refuse(last);
      return;
    }
    this.body?.forget();
    await this.deliver(last);
  }

  private async send(cleared: Clearance | Refusal): Promise<Sent | Refusal> {
    if (isRefusal(cleared) || this.isOver) {
      return isRefusal(cleared) ? cleared : unexpected;
    }
    const { environment, session } = cleared;
    const url = upstreamUrl(environment.url, this.admitted.target);
    const answer = await this.parts.upstream.open(
      {
        method: this.method,
        url,
        headers: headersToSend(this.request, session.tokens.accessToken),
        ...(this.body === undefined ? {} : { body: this.body.read() }),
      },
      this.attempt.signal,
    );
    const { host } = new URL(url);
    if (answer.kind === 'failure') {
      return answer.code === 'cancelled' ? unexpected : refusalFor(failedTransport(host, answer), this.parts.explain);
    }
    const defect = defectOf(answer, this.method, host);
    return defect === undefined ? { environment, session, url, answer } : refusalFor(defect, this.parts.explain);
  }

  /** Sends it once more if the token was the reason, there is another one, and nothing can happen twice. */
  private async repeatIfRejected(sent: Sent): Promise<Sent | Refusal> {
    const { rejectsToken, answer } = await examine(sent.answer, this.parts.clock);
    const first = { ...sent, answer };
    const next = rejectsToken && !this.isOver ? await this.clearAgain(sent) : undefined;
    if (next === undefined || this.isOver) {
      return first;
    }
    this.attempt.abort();
    this.attempt = new AbortController();
    return await this.send(next);
  }

  /**
   * With another token of the same account; undefined if there is none, or the request may not be sent again. A change is
   * sent again only if the token expired or was replaced on its way: then it is certain why it was refused. MCP sends
   * everything as POST, and VS Code answers a 401 with an OAuth registration that no server here has.
   */
  private async clearAgain(sent: Sent): Promise<Clearance | undefined> {
    const { tokens } = this.parts;
    const mayReplay = this.body?.isKept ?? true;
    try {
      const now = mayReplay ? await this.clearWithout(sent) : undefined;
      if (now !== undefined) {
        return now;
      }
      const hasOther = await tokens.reportRejected(sent.session);
      const mayRepeat = mayReplay && (!isChange(this.request) || isForMcp(this.admitted.target));
      return hasOther && mayRepeat ? await this.clearWithout(sent) : undefined;
    } catch {
      return undefined; // the client gets the answer that we have
    }
  }

  private async clearWithout({ session }: Sent): Promise<Clearance | undefined> {
    const cleared = await clear(this.parts, this.admitted, this.request);
    return !isRefusal(cleared) &&
      isSameAccount(cleared.session.account, session.account) &&
      cleared.session.tokens.accessToken !== session.tokens.accessToken
      ? cleared
      : undefined;
  }

  private async deliver({ environment, session, url, answer }: Sent): Promise<void> {
    const { status, headers } = answer;
    const mask = new TokenMask(session.tokens.accessToken);
    const proxied = `http://${this.request.headers.host ?? ''}${this.admitted.base}`;
    const forClient = (address: string): string => locationForClient(address, url, proxied);
    const isEvents = isEventStream(headers);
    const known = isEvents ? headers.filter(([name]) => !/^content-length$/i.test(name)) : headers; // it may become longer
    const passed = headersForClient(mask.withoutNames(known), status, (name, value) =>
      mask.header(name === 'location' ? forClient(value) : value),
    );
    this.response.strictContentLength = true; // what is too much would be read as the next answer
    this.response.writeHead(status, passed);
    this.parts.onForwarded();
    this.log(displayText(environment.name), status);
    if (hasBodyFor(this.method, status)) {
      this.response.write(nothing); // the first event of a stream may come in an hour
      const body = isEvents ? withEndpoint(answer.body, forClient) : answer.body;
      const isWhole = await this.writeOrCut(mayRepeatToken(status, headers) ? mask.body(body) : mask.plainBody(body));
      if (!isWhole) return;
    }
    this.dropRest();
    this.response.end();
  }

  private async writeOrCut(body: AsyncIterable<Uint8Array>): Promise<boolean> {
    try {
      return await writeBody(this.response, body);
    } catch {
      // An HTTP/1.0 client takes the end of the connection for the end of the answer, unless it is reset.
      if (this.request.httpVersion === '1.0') this.request.socket.resetAndDestroy();
      else this.request.socket.destroy();
      return false;
    }
  }

  /** An environment may answer before it has the whole request. The client must get to see that answer. */
  private dropRest(): void {
    this.body?.stop();
    if (this.request.complete) {
      return;
    }
    const stopTimer = this.parts.clock.after(drainTime, () => {
      this.request.socket.destroy();
    });
    this.request.once('end', stopTimer).once('close', stopTimer).resume();
  }

  private log(environment: string, status: number): void {
    const milliseconds = Math.round(this.parts.clock.steady() - this.startedAt);
    this.parts.log.info('local proxy: forwarded', { method: this.method, environment, status, milliseconds });
  }
}
