import type { HttpResponse, TransportFailure } from '../../src/core/oauth/httpClient';
import { parseTokenResponse } from '../../src/core/oauth/tokenResponse';
import type { Session } from '../../src/core/model/session';
import type { SessionDocument } from '../../src/core/storage/sessionDocument';
import { EventLog } from './eventLog';
import type { Login } from './logins';
import { isRefresh, type SentRequest } from './sentRequest';
import type { Process } from './process';
import { BackOff } from './rules/backOff';
import { ClientTokens } from './rules/clientTokens';
import { Documents } from './rules/documents';
import { FailedCalls } from './rules/failedCalls';
import { LockOwnership } from './rules/lockOwnership';
import { Pace } from './rules/pace';
import { PastedTokens } from './rules/pastedTokens';
import { RefreshTokens } from './rules/refreshTokens';
import type { Report } from './rules/report';
import { ReturnedTokens } from './rules/returnedTokens';
import { SingleRefresh } from './rules/singleRefresh';
import type { Scheduler } from './scheduler';
import { identityServer, type Server } from './server';

/** A refresh may wait for another window's before it is sent, even after its caller has stopped waiting (milliseconds). */
const callTimeout = 60_000;

/**
 * Checks the rules of docs/sessions.md and docs/security.md from outside the core: what it sends, what it stores, what
 * its callers receive. Each rule is a file in `rules/`.
 */
export class RuleChecker {
  violation: string | undefined;
  readonly events: EventLog;
  readonly counts = {
    tokenRequests: 0,
    refreshes: 0,
    signIns: 0,
    ofClients: 0,
    faults: 0,
    quotaUsedUp: 0,
    returned: 0,
    failed: 0,
    reported: 0,
    refreshedAfterReport: 0,
    written: 0,
  };

  private readonly pace: Pace;
  private readonly singleRefresh: SingleRefresh;
  private readonly lockOwnership: LockOwnership;
  private readonly refreshTokens: RefreshTokens;
  private readonly backOff: BackOff;
  private readonly failedCalls: FailedCalls;
  private readonly documents: Documents;
  private readonly returnedTokens: ReturnedTokens;
  private readonly clientTokens: ClientTokens;
  private readonly pastedTokens: PastedTokens;
  /** The durable document. */
  private document: SessionDocument | undefined;
  /** When a caller in each window last waited for a token. */
  private readonly lastCall = new Map<Process, number>();
  /** The clients that a user of each window is signing in with at the moment. */
  private readonly clientSignIns = new Map<Process, Set<string>>();

  constructor(
    private readonly scheduler: Scheduler,
    private readonly server: Server,
    private readonly isKeepAliveOn: boolean,
  ) {
    const report: Report = (violation) => {
      this.report(violation);
    };
    this.events = new EventLog(scheduler);
    this.pace = new Pace(report);
    this.singleRefresh = new SingleRefresh(server, report);
    this.lockOwnership = new LockOwnership(report);
    this.refreshTokens = new RefreshTokens(scheduler, server, report);
    this.backOff = new BackOff(report);
    this.failedCalls = new FailedCalls(report);
    this.documents = new Documents(report);
    this.returnedTokens = new ReturnedTokens(server, report);
    this.clientTokens = new ClientTokens(scheduler, server, report);
    this.pastedTokens = new PastedTokens(report);
  }

  report(violation: string): void {
    this.violation ??= violation;
  }

  /** A caller in this window waits for a token, until the returned function is called. */
  callStarted(process: Process): () => void {
    this.lastCall.set(process, Infinity);
    return () => {
      this.lastCall.set(process, this.scheduler.now);
    };
  }

  sent(request: SentRequest): void {
    const { by, form, path, clientId = '' } = request;
    const refreshToken = form['refresh_token'];
    this.events.add(() => `${by.name} sends ${path} ${form['grant_type'] ?? ''} ${this.events.nameOf(refreshToken)}`);
    if (request.isInHeaderAndBody) {
      this.report('a client authenticated in the header and in the body');
    }
    if (request.fault !== undefined) {
      this.counts.faults += 1;
      this.failedCalls.fault(this.scheduler.now);
    }
    if (path !== '/oauth/token') {
      return;
    }
    this.counts.tokenRequests += 1;
    this.pace.sent(request);
    if (!isRefresh(request)) {
      this.counts.signIns += 1;
      return;
    }
    this.checkCaller(request);
    this.singleRefresh.sent(request);
    if (refreshToken === undefined) {
      this.counts.ofClients += 1;
      this.lockOwnership.sentByClient(by, { identityServer, clientId }, request.sentAt);
      this.clientTokens.sent(request);
    } else {
      this.counts.refreshes += 1;
      this.lockOwnership.sent(by, refreshToken, request.sentAt);
      this.refreshTokens.sent(request, refreshToken);
    }
    if (this.server.logins.length === 1) {
      this.backOff.sent(request);
    }
  }

  /** The server has processed a request, whether or not its answer arrives. */
  answered({ form, path }: SentRequest, { body, status }: HttpResponse): void {
    if (form['grant_type'] === 'client_credentials' && /limit of active tokens/.test(body)) {
      this.counts.quotaUsedUp += 1;
      this.failedCalls.fault(this.scheduler.now); // another tool has taken the tokens that the client may have
    }
    const token = path === '/oauth/token' && status === 200 ? parseTokenResponse(JSON.parse(body) as never) : undefined;
    const refreshToken = token?.kind === 'granted' ? token.refreshToken : undefined;
    const owner = form['username'] ?? this.server.ownerOf(form['refresh_token'] ?? '');
    if (refreshToken !== undefined && owner !== undefined) {
      this.server.recordOwner(refreshToken, owner);
    }
  }

  received(request: SentRequest, result: HttpResponse | TransportFailure): void {
    const { by, path } = request;
    const { now } = this.scheduler;
    const body = result.kind === 'failure' ? '' : result.body;
    const refreshToken = /"refresh_token":"([^"]+)"/.exec(body)?.[1];
    const outcome = result.kind === 'failure' ? result.code : String(result.status);
    this.events.add(
      () => `${by.name} receives ${outcome} ${refreshToken === undefined ? '' : this.events.nameOf(refreshToken)}`,
    );
    this.lockOwnership.received(request, result, now);
    if (path !== '/oauth/token') {
      return;
    }
    this.backOff.received(request, result, now);
    this.pace.received(by, result, now);
    const hasToken = outcome === '200' && body.includes('"access_token"'); // the page of a captive portal has none
    if (request.form['grant_type'] === 'client_credentials' && hasToken) {
      this.clientTokens.granted(request);
    }
    if (refreshToken !== undefined && outcome === '200') {
      this.refreshTokens.received(by, refreshToken);
    }
  }

  /** A window gave a document to the secret storage. */
  stored(by: Process, document: SessionDocument): void {
    this.events.add(() => `${by.name} stores ${this.events.summaryOf(document)}`);
    this.documents.stored(by, document);
    for (const before of this.document?.sessions ?? []) {
      if (!this.refreshTokens.isSignedOut(before.account.user)) {
        this.lockOwnership.replaced(
          by,
          before,
          document.sessions.find(({ id }) => id === before.id),
        );
      }
    }
    if (this.returnedTokens.hasNewToken(document)) {
      this.backOff.forget('every window'); // a window that sees a new token knows that the server answers
    }
    this.returnedTokens.stored(document);
    this.lockOwnership.stored(document);
    this.refreshTokens.stored(by, document);
    this.clientTokens.stored(by, document, (clientId) => this.isSigningIn(by, clientId));
    this.pastedTokens.stored(document);
  }

  /** A document is durable. */
  written(before: SessionDocument | undefined, after: SessionDocument): void {
    this.counts.written += 1;
    this.document = after;
    this.events.add(() => `written: ${this.events.summaryOf(after)}`);
    this.refreshTokens.written(before, after);
    this.documents.written(before, after);
    this.clientTokens.written(after);
  }

  /** A caller received this session's token. */
  returned(by: Process, session: Session): void {
    this.counts.returned += 1;
    this.failedCalls.succeeded(by, session.id);
    this.returnedTokens.returned(by, session);
  }

  /** A caller received an error. */
  failed(by: Process, { id }: Session, error: unknown): void {
    this.counts.failed += 1;
    this.events.add(() => `${by.name} has no token of ${id}: ${String(error)}`);
    this.failedCalls.failed(by, id, error);
  }

  signsOut({ kind, account }: Login): void {
    const { user, clientId } = account;
    this.events.add(`${user ?? clientId} signs out (${kind})`);
    if (kind === 'password') {
      this.refreshTokens.signsOut(user ?? '');
    }
  }

  signsIn({ kind, account: { user = '' } }: Login): void {
    if (kind === 'password') {
      this.refreshTokens.signsIn(user);
    }
  }

  /** A client signs in in this window, until the returned function is called. */
  clientSignsIn(by: Process, clientId: string): () => void {
    const clients = this.clientSignIns.get(by) ?? new Set();
    this.clientSignIns.set(by, clients.add(clientId));
    return () => {
      clients.delete(clientId);
    };
  }

  isSigningIn(by: Process, clientId: string | undefined): boolean {
    return clientId !== undefined && this.clientSignIns.get(by)?.has(clientId) === true;
  }

  /** The user pastes a token. */
  pastes(accessToken: string): void {
    this.pastedTokens.pastes(accessToken);
  }

  /** A window has forgotten its failures, so it may ask again at once. */
  failuresForgotten(by: Process): void {
    this.backOff.forget(by);
  }

  /**
   * Whether a rule has been broken. Called after every step.
   *
   * @param stored the durable document as text
   */
  check(stored: string | undefined): boolean {
    this.refreshTokens.checkAllStored(stored);
    return this.violation !== undefined;
  }

  private checkCaller({ by, sentAt }: SentRequest): void {
    const calledAt = Math.max(this.lastCall.get(by) ?? -Infinity, by.lastResumedAt);
    if (sentAt - calledAt > callTimeout && !this.isKeepAliveOn) {
      this.report('a refresh that no caller asked for');
    }
  }
}
