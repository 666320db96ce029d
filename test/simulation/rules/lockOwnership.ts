import { refreshLock, type Account } from '../../../src/core/model/account';
import type { Session } from '../../../src/core/model/session';
import type { HttpResponse, TransportFailure } from '../../../src/core/oauth/httpClient';
import type { SessionDocument } from '../../../src/core/storage/sessionDocument';
import type { SentRequest } from '../sentRequest';
import type { Process } from '../process';
import type { Report } from './report';

/** Between a window's last check of its lock and its next step, another window may take the lock (milliseconds). */
const checkDelay = 20;

/** A window that has lost its lock sends no refresh and drops no refresh token. */
export class LockOwnership {
  /** The locks of the accounts that ever had this refresh token. */
  private readonly locksOf = new Map<string, Set<string>>();
  /** The refresh tokens and accounts in `locksOf`: each stored document has the same ones again. */
  private readonly noted = new Set<string>();
  /** The last refresh token of each window that the server rejected, and when. */
  private readonly lastRejected = new Map<Process, { readonly refreshToken: string; readonly at: number }>();

  constructor(private readonly report: Report) {}

  sent(by: Process, refreshToken: string, sentAt: number): void {
    if (this.hasLostLock(by, this.locksOf.get(refreshToken), sentAt - checkDelay)) {
      this.report('a window sent a refresh after it had lost its lock');
    }
  }

  /** A window asks for the next token of a client, which has no refresh token. */
  sentByClient(by: Process, account: Account, sentAt: number): void {
    if (this.hasLostLock(by, new Set([refreshLock(account)]), sentAt - checkDelay)) {
      this.report('a window sent a refresh after it had lost its lock');
    }
  }

  received({ by, form }: SentRequest, result: HttpResponse | TransportFailure, now: number): void {
    const refreshToken = form['refresh_token'];
    if (refreshToken !== undefined && result.kind === 'response' && [400, 401].includes(result.status)) {
      this.lastRejected.set(by, { refreshToken, at: now });
    }
  }

  /** A window replaces a session in the document; its user has not signed out. */
  replaced(by: Process, before: Session, after: Session | undefined): void {
    const rejected = this.lastRejected.get(by);
    const { refreshToken } = before.tokens;
    const isDropped = after?.state === 'signInAgain' && after.tokens.refreshToken === undefined;
    if (!isDropped || refreshToken === undefined || rejected?.refreshToken !== refreshToken) {
      return;
    }
    if (this.hasLostLock(by, this.locksOf.get(refreshToken), rejected.at - checkDelay)) {
      this.report('a window dropped a refresh token after it had lost its lock');
    }
  }

  stored({ sessions }: SessionDocument): void {
    for (const { account, tokens } of sessions) {
      const key = `${tokens.refreshToken} ${account.identityServer} ${account.clientId} ${account.user}`;
      if (tokens.refreshToken !== undefined && !this.noted.has(key)) {
        this.noted.add(key);
        const locks = this.locksOf.get(tokens.refreshToken) ?? new Set<string>();
        this.locksOf.set(tokens.refreshToken, locks.add(refreshLock(account)));
      }
    }
  }

  private hasLostLock(by: Process, names: ReadonlySet<string> | undefined, before: number): boolean {
    const locks = [...(names ?? [])].map((lock) => by.machine.lastAcquired.get(lock));
    return locks.length > 0 && locks.every((last) => last !== undefined && last.by !== by && last.at < before);
  }
}
