import * as l10n from '@vscode/l10n';
import type { Writable } from 'node:stream';
import type { Clock } from '../../../core/base/clock';
import { failedTransport } from '../../../core/base/failure';
import type { Log } from '../../../core/base/log';
import { defectOf, mayRepeatToken } from '../../../core/localProxy/forwarding/answer';
import { TokenMask } from '../../../core/localProxy/forwarding/masking';
import { examine } from '../../../core/localProxy/forwarding/rejection';
import { isChange } from '../../../core/localProxy/forwarding/requestHeaders';
import type { Upstream, UpstreamRequest, UpstreamResponse } from '../../../core/localProxy/upstream';
import { isSameAccount } from '../../../core/model/account';
import { describe } from '../../../editor/messages/messages';
import { clear, type Clearance, type ClearanceParts } from './clearance';
import type { HttpYacRequest } from './httpYac';
import { NotSent } from './notSent';
import { Outgoing } from './outgoing';
import { isBearer, placeOfToken } from './placeholder';
import { sentHeaders } from './sentHeaders';

export interface TokenRequestsParts extends ClearanceParts {
  readonly upstream: Upstream;
  /** Reports that an environment answered 401 `invalid_token` to this token. */
  readonly reportRejected: (accessToken: string) => Promise<unknown>;
  readonly clock: Clock;
  readonly log: Log;
}

/** What got passes on: the URL in parts that it has parsed, and its options. */
interface Head {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, unknown>>;
}

/**
 * Sends requests of httpYac that carry the placeholder as bearer, with a token. It takes nothing else of them than method,
 * URL, headers and body: files of the workspace may set any option of httpYac's HTTP client, such as another host to connect
 * to, a proxy, or that certificates do not matter.
 */
export class TokenRequests {
  constructor(private readonly parts: TokenRequestsParts) {}

  /**
   * Lets a request be sent here if it carries the placeholder.
   *
   * @throws {NotSent} with the reason why it may not be sent
   */
  async prepare(request: HttpYacRequest): Promise<void> {
    const place = placeOfToken(request);
    if (place === 'nowhere') {
      return;
    }
    if (place === 'elsewhere' || request.protocol !== 'HTTP') {
      throw new NotSent(
        l10n.t(
          "The request was not sent, because Reltio's token is only for the Authorization header of HTTP requests. Write {0}.",
          '"Authorization: {{reltioAuthorization}}"',
        ),
      );
    }
    await clear(request.url, this.parts); // again when it is sent; an error is shown better from here
    request.noRedirect = true;
    request.options = { ...request.options, request: this.open, cache: false };
  }

  /** Takes the place of Node's `request`. Nothing for a request without the placeholder, so that Node sends it. */
  private readonly open = (address: unknown, options: unknown): Writable | undefined => {
    const { method = 'GET', headers = {} } = options as Partial<Head>;
    const head = { method, url: String(address), headers };
    return Object.entries(headers).some(([name, value]) => isBearer(name, value))
      ? new Outgoing((body, signal) => this.exchange(head, body, signal))
      : undefined;
  };

  private async exchange(head: Head, body: Buffer, signal: AbortSignal): Promise<UpstreamResponse> {
    const cleared = await clear(head.url, this.parts);
    const attempt = new AbortController();
    const first = await this.send(head, body, cleared, AbortSignal.any([signal, attempt.signal]));
    const { rejectsToken, answer } = await examine(first, this.parts.clock);
    const next = rejectsToken ? await this.clearAgain(head, cleared) : undefined;
    if (next === undefined) {
      return masked(answer, cleared);
    }
    attempt.abort();
    return masked(await this.send(head, body, next, signal), next);
  }

  private async send(
    { method, headers }: Head,
    body: Buffer,
    { url, session, environment }: Clearance,
    signal: AbortSignal,
  ): Promise<UpstreamResponse> {
    const { upstream, log } = this.parts;
    const request: UpstreamRequest = {
      method,
      url,
      headers: sentHeaders(headers, body.length, session.tokens.accessToken),
      ...(body.length === 0 ? {} : { body: whole(body) }),
    };
    const answer = await upstream.open(request, signal);
    const { host } = new URL(url);
    const defect = answer.kind === 'failure' ? failedTransport(host, answer) : defectOf(answer, method, host);
    if (answer.kind === 'failure' || defect !== undefined) {
      throw new NotSent(describe(defect));
    }
    log.info('request file: sent', {
      method,
      environment: environment.name,
      session: session.id,
      status: answer.status,
    });
    return answer;
  }

  /** With another token, if there is one and nothing can happen twice. */
  private async clearAgain({ method, url, headers }: Head, before: Clearance): Promise<Clearance | undefined> {
    const { accessToken } = before.session.tokens;
    try {
      await this.parts.reportRejected(accessToken);
      const next = await clear(url, this.parts);
      const mayRepeat = !isChange({ method, rawHeaders: Object.keys(headers).flatMap((name) => [name, '']) });
      const isSame = isSameAccount(next.session.account, before.session.account); // the user may have switched
      return mayRepeat && isSame && next.session.tokens.accessToken !== accessToken ? next : undefined;
    } catch {
      return undefined; // the user sees the answer that there is
    }
  }
}

/** Without the token, which Reltio repeats when it rejects it: httpYac keeps answers in its history. */
function masked(answer: UpstreamResponse, { session }: Clearance): UpstreamResponse {
  const mask = new TokenMask(session.tokens.accessToken);
  const { status, headers, body } = answer;
  return {
    ...answer,
    headers: mask.withoutNames(headers).map(([name, value]) => [name, mask.header(value)]),
    body: mayRepeatToken(status, headers) ? mask.body(body) : mask.plainBody(body),
  };
}

async function* whole(body: Buffer): AsyncGenerator<Uint8Array> {
  yield body;
}
