import type { SessionDocument } from '../../../src/core/storage/sessionDocument';
import type { SentRequest } from '../sentRequest';
import type { Process } from '../process';
import type { Scheduler } from '../scheduler';
import type { Server } from '../server';
import type { Report } from './report';

interface Received {
  readonly refreshToken: string;
  readonly by: Process;
  readonly at: number;
}

interface Replacement {
  readonly by: Process;
  readonly at: number;
  /** When the replaced token was last sent before. */
  readonly sentAt: number;
}

/** A received refresh token must be stored within this time, in which its window was running (milliseconds). */
const storeTimeout = 60_000;
/** Between its last read and its request, a window waits for the pace, and up to 5 s for the server (milliseconds). */
const readDelay = 6_500;

/** A refresh token that arrives is stored, is dropped only when it is useless, and is not sent once it was replaced. */
export class RefreshTokens {
  /** What is durable. */
  private document: SessionDocument | undefined;
  private unstored: Received[] = [];
  private readonly signedOut = new Set<string>();
  /** Refresh tokens of accounts that were signed out, even if the account has signed in again since. */
  private readonly signedOutTokens = new Set<string>();
  private readonly replacements = new Map<string, Replacement>();
  private readonly lastSentAt = new Map<string, number>();
  private readonly bySession = new Map<string, string>();

  constructor(
    private readonly scheduler: Scheduler,
    private readonly server: Server,
    private readonly report: Report,
  ) {}

  signsOut(userName: string): void {
    this.signedOut.add(userName);
  }

  signsIn(userName: string): void {
    this.signedOut.delete(userName);
  }

  isSignedOut(userName: string | undefined): boolean {
    return this.signedOut.has(userName ?? '');
  }

  sent(request: SentRequest, refreshToken: string): void {
    this.checkNotReplaced(request, refreshToken);
    this.lastSentAt.set(refreshToken, request.sentAt);
  }

  received(by: Process, refreshToken: string): void {
    this.unstored.push({ refreshToken, by, at: this.scheduler.now });
  }

  /** A window gave a document to the secret storage. */
  stored(by: Process, document: SessionDocument): void {
    for (const { account, tokens } of this.document?.sessions ?? []) {
      if (tokens.refreshToken !== undefined && this.isSignedOut(account.user)) {
        this.signedOutTokens.add(tokens.refreshToken);
      }
    }
    const { now } = this.scheduler;
    for (const { id, tokens } of document.sessions) {
      const before = this.bySession.get(id);
      if (tokens.refreshToken === undefined) {
        continue;
      }
      if (before !== undefined && before !== tokens.refreshToken) {
        this.replacements.set(before, { by, at: now, sentAt: this.lastSentAt.get(before) ?? now });
      }
      this.bySession.set(id, tokens.refreshToken);
      this.replacements.delete(tokens.refreshToken);
    }
  }

  /** A document is durable. */
  written(before: SessionDocument | undefined, after: SessionDocument): void {
    this.document = after;
    const kept = new Set(after.sessions.map(({ tokens }) => tokens.refreshToken));
    for (const { account, tokens } of before?.sessions ?? []) {
      const { refreshToken } = tokens;
      if (refreshToken === undefined || kept.has(refreshToken) || this.signedOutTokens.has(refreshToken)) {
        continue;
      }
      const isUseful = this.server.accepts(refreshToken) && !this.hasValidToken(account.user);
      if (isUseful && !this.isSignedOut(account.user)) {
        this.report('a refresh token was dropped although the server still accepts it');
      }
    }
  }

  /** @param stored the durable document as text */
  checkAllStored(stored: string | undefined): void {
    if (this.unstored.length > 0) {
      this.unstored = this.unstored.filter((received) => this.isUnstored(received, stored));
    }
  }

  private checkNotReplaced({ by, sentAt }: SentRequest, refreshToken: string): void {
    const replacement = this.replacements.get(refreshToken);
    if (replacement?.by.isRunning !== true) {
      return;
    }
    const wasSuspended = [by, replacement.by].some((one) => one.wasSuspendedSince(replacement.at - 30_000));
    // When the clock is set forward, a lock that is held looks abandoned. A window that then takes it, and reads before
    // the write, sends what was stored.
    const looksAbandoned = by.machine.setForwardAt.some((time) => time >= replacement.sentAt && time <= replacement.at);
    if (!wasSuspended && !(looksAbandoned && sentAt - replacement.at < readDelay)) {
      this.report('a refresh token was sent after a newer one was stored');
    }
  }

  private isUnstored({ refreshToken, by, at }: Received, stored: string | undefined): boolean {
    const owner = this.server.ownerOf(refreshToken) ?? '';
    if (stored?.includes(refreshToken) === true || !by.isRunning || this.isSignedOut(owner)) {
      return false;
    }
    if (!this.server.accepts(refreshToken) || this.hasValidToken(owner)) {
      return false;
    }
    if (this.scheduler.now - Math.max(at, by.lastResumedAt) > storeTimeout && !by.isSuspended) {
      this.report('a received refresh token was not stored');
    }
    return true;
  }

  /** Whether the durable document has a refresh token of this user that the server accepts. */
  private hasValidToken(userName: string | undefined): boolean {
    return (this.document?.sessions ?? []).some(
      ({ account, tokens: { refreshToken } }) =>
        account.user === userName && refreshToken !== undefined && this.server.accepts(refreshToken),
    );
  }
}
