import { failureTable } from '../../src/core/base/failureTable';
import { isFailure } from '../../src/core/base/failure';
import type { History } from '../../src/core/history/history';
import type { Cause } from '../../src/core/history/signedOut';
import { whySignedOut } from '../../src/core/history/whySignedOut';
import { accountLabel } from '../../src/core/model/account';
import type { Session } from '../../src/core/model/session';
import type { SessionDocument } from '../../src/core/storage/sessionDocument';
import { isExpired } from '../../src/core/model/tokens';
import type { Login } from './logins';
import type { Scheduler } from './scheduler';
import type { Server } from './server';

/** How often the history named which cause. */
export interface NamedCauses {
  /** By the true cause and the named one, which is `none` if the history says that nothing is wrong. */
  readonly counts: Record<`${Cause} ${Cause | 'none'}`, number>;
  /** Where it named another than the true one, for the reader who investigates that. */
  readonly wrong: string[];
}

/** Causes that look the same from here have one sentence, which names them all. */
const sentenceFor: Partial<Record<Cause, readonly string[]>> = { endedElsewhere: ['anotherLogin', 'revokedElsewhere'] };

/** @param named a cause, or `none` */
export function isRight(truth: Cause, named: string): boolean {
  return named === truth || sentenceFor[named as Cause]?.includes(truth) === true;
}

/** The same session is not asked about again for this long while it only cannot be refreshed (milliseconds). */
const samplePause = 30 * 60_000;

/** Compares what the history says with what the server knows. */
export class CauseCheck {
  readonly named: NamedCauses = { counts: {} as NamedCauses['counts'], wrong: [] };
  private readonly asked = new Map<string, number>();
  private readonly gone = new Map<string, Cause>();
  /** The last refresh token of each session. */
  private readonly refreshTokens = new Map<string, string>();

  constructor(
    private readonly server: Server,
    private readonly history: History,
    private readonly scheduler: Scheduler,
    private readonly wall: () => number,
    private readonly days: number,
  ) {}

  signedOut(ids: readonly string[], cause: 'signedOutHere' | 'keyring'): void {
    ids.forEach((id) => this.gone.set(id, cause));
  }

  stored({ sessions }: SessionDocument): void {
    for (const { id, tokens } of sessions) {
      if (tokens.refreshToken !== undefined) {
        this.refreshTokens.set(id, tokens.refreshToken);
      }
    }
  }

  /** A caller got no token of a session that may be in order. */
  async failed(session: Session | undefined, error: unknown): Promise<void> {
    const isOfNetwork = isFailure(error) && ['offline', 'answer', 'refusal'].includes(failureTable[error.code].group);
    if (session?.state !== 'signedIn' || !isOfNetwork || !isExpired(session.tokens, this.wall())) {
      return;
    }
    const { refreshToken } = session.tokens;
    if (refreshToken === undefined || this.server.accepts(refreshToken)) {
      await this.ask(session, 'networkOnly');
    }
  }

  /** A user looks at an account that is not signed in, or cannot be used. */
  async looked(login: Login, session: Session | undefined): Promise<void> {
    if (session !== undefined) {
      await this.ask(session, this.truthOf(session));
      return;
    }
    const label = accountLabel(login.account);
    const last = (await this.history.read()).findLast(({ account }) => account === label)?.session;
    if (last !== undefined) {
      await this.ask(last, this.gone.get(last));
    }
  }

  private truthOf(session: Session): Cause | undefined {
    const { id, state, tokens, renewal } = session;
    const { accessToken } = tokens;
    if (state === 'clientRejected') {
      return 'clientChanged';
    }
    if (state === 'rejected' || renewal !== undefined) {
      const early = state === 'signedIn' ? undefined : this.server.ended.get(accessToken);
      return early ?? (this.server.isValid(accessToken) ? 'clock' : 'tokenExpired');
    }
    const refused = this.refreshTokens.get(id);
    return refused === undefined || this.server.accepts(refused) ? undefined : this.server.whyRefused(refused);
  }

  private async ask(session: Session | string, truth: Cause | undefined): Promise<void> {
    const id = typeof session === 'string' ? session : session.id;
    const key = `${id} ${truth === 'networkOnly' ? truth : 'signed out'}`;
    const { now } = this.scheduler;
    const last = this.asked.get(key);
    if (truth === undefined || (last !== undefined && (truth !== 'networkOnly' || now - last < samplePause))) {
      return;
    }
    this.asked.set(key, now);
    const entries = await this.history.read();
    const named = whySignedOut(entries, session, this.wall(), this.days)?.cause ?? 'none';
    const { counts, wrong } = this.named;
    counts[`${truth} ${named}`] = (counts[`${truth} ${named}`] ?? 0) + 1;
    if (!isRight(truth, named)) {
      const own = entries.filter((entry) => entry.session === id || entry.session === undefined).slice(-8);
      wrong.push(
        `${id} at ${this.wall()}: ${truth}, named ${named}\n${own.map((one) => `    ${JSON.stringify(one)}`).join('\n')}`,
      );
    }
  }
}
