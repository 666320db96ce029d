import type { SessionDocument } from '../../../src/core/storage/sessionDocument';
import type { Process } from '../process';
import type { Scheduler } from '../scheduler';
import type { SentRequest } from '../sentRequest';
import type { Server } from '../server';
import type { Report } from './report';

/** The token that a client has, as a window stored it. */
interface Held {
  readonly accessToken: string;
  readonly by: Process;
  readonly at: number;
  readonly isFromSignIn: boolean;
}

/**
 * The core counts from the start of the request, and the server rounds to whole seconds, so the core takes a token for
 * expired a little sooner than the server (milliseconds).
 */
const earliest = 3_000;
/** Between its last read and its request, a window waits for the pace, and up to 5 s for the server (milliseconds). */
const readDelay = 6_500;
/** A window that is suspended may lose its lock, and send what it has read before (milliseconds). */
const suspensionEffect = 8_000;

/** A client asks for one token after the other: again once the last one has expired or was revoked, and never before. */
export class ClientTokens {
  private readonly held = new Map<string, Held>();
  /** The last time the clock was set back before each window received a token, by client. */
  private readonly setBackKnown = new Map<Process, Map<string, number>>();
  private durable: SessionDocument | undefined;

  constructor(
    private readonly scheduler: Scheduler,
    private readonly server: Server,
    private readonly report: Report,
  ) {}

  sent(request: SentRequest): void {
    const { by, sentAt, clientId = '' } = request;
    if (!this.server.logins.some((login) => login.kind === 'clientCredentials' && login.client.id === clientId)) {
      this.report('a token was requested for a client that nobody has signed in with');
    }
    const held = this.visible(clientId);
    if (held === undefined || this.server.validFor(held.accessToken) <= earliest) {
      return;
    }
    const isExcused =
      !this.knowsLastSetBack(request) ||
      by.wasSuspendedSince(sentAt - suspensionEffect) ||
      by.machine.clockSetAt >= held.at - readDelay ||
      (this.wasStoredWithoutLock(held) && sentAt - held.at < readDelay);
    if (!isExcused) {
      this.report(`a client asked for its next token although its last one was valid`);
    }
  }

  granted({ by, clientId = '' }: SentRequest): void {
    const lastSetBack = lastSetBackOf(by);
    if (lastSetBack !== undefined) {
      const known = this.setBackKnown.get(by) ?? new Map<string, number>();
      this.setBackKnown.set(by, known.set(clientId, lastSetBack));
    }
  }

  /** @param isSigningIn whether a user of this window is signing in with this client */
  stored(by: Process, { sessions }: SessionDocument, isSigningIn: (clientId: string) => boolean): void {
    for (const { account, tokens } of sessions.filter(({ account: { user } }) => user === undefined)) {
      const { clientId } = account;
      if (tokens.refreshToken !== undefined) {
        this.report('a refresh token of a client was stored');
      }
      if (this.held.get(clientId)?.accessToken !== tokens.accessToken) {
        const isFromSignIn = isSigningIn(clientId);
        this.held.set(clientId, { accessToken: tokens.accessToken, by, at: this.scheduler.now, isFromSignIn });
      }
    }
  }

  written(document: SessionDocument): void {
    this.durable = document;
  }

  /** By a sign-in, or by a window that was suspended until another one had taken its lock. */
  private wasStoredWithoutLock({ isFromSignIn, by, at }: Held): boolean {
    return isFromSignIn || by.wasSuspendedSince(at - readDelay);
  }

  /** What the next window can know: a window that crashed may have taken its last write along. */
  private visible(clientId: string): Held | undefined {
    const held = this.held.get(clientId);
    const session = this.durable?.sessions.find(
      ({ account }) => account.user === undefined && account.clientId === clientId,
    );
    const isLost = held?.by.isRunning !== true && session?.tokens.accessToken !== held?.accessToken;
    return isLost ? undefined : held;
  }

  /**
   * A window that notices that the clock was set back since it last looked cannot know whether a token came before or
   * after that. It asks for another, to be safe.
   */
  private knowsLastSetBack({ by, clientId = '' }: SentRequest): boolean {
    return this.setBackKnown.get(by)?.get(clientId) === lastSetBackOf(by);
  }
}

function lastSetBackOf({ machine, startedAt }: Process): number | undefined {
  return machine.setBackAt.findLast((time) => time >= startedAt);
}
