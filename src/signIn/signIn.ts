import { Failure } from '../oauth/failure';
import { within, type Clock } from '../sessions/clock';
import type { Session } from '../sessions/session';
import type { SignInRequest } from './draft';
import type { Prompt } from './prompt';

export interface SignInParts {
  /** Loaded when first needed: most windows never show a sign-in. */
  readonly loadFlow: () => Promise<Flow>;
  readonly loadPrompt: (deadline: AbortSignal) => Promise<Prompt>;
  /** Told of every sign-in that worked, whoever asked for it. */
  readonly onSignedIn: (session: Session) => void;
  readonly clock: Clock;
}

interface Flow {
  /** @param endsAt when the boxes close by themselves, milliseconds since 1970 */
  run(request: SignInRequest, prompt: Prompt, endsAt?: number): Promise<Session>;
}

/** The sign-in of this window: one at a time, and who comes second joins the first. */
export class SignIn {
  private current: Promise<Session> | undefined;

  constructor(private readonly parts: SignInParts) {}

  /**
   * @param limit milliseconds until the boxes close by themselves; who joins waits no longer than that either
   * @throws {Failure} `cancelled` when the person leaves or the limit is reached
   */
  start(request: SignInRequest = {}, limit?: number): Promise<Session> {
    this.current ??= this.run(request, limit).finally(() => {
      this.current = undefined;
    });
    return limit === undefined
      ? this.current
      : within(this.parts.clock, limit, this.current, () => {
          throw new Failure('cancelled');
        });
  }

  private async run(request: SignInRequest, limit: number | undefined): Promise<Session> {
    const deadline = new AbortController();
    const endsAt = limit === undefined ? undefined : this.parts.clock.now() + limit;
    const stopTimer =
      limit === undefined
        ? undefined
        : this.parts.clock.after(limit, () => {
            deadline.abort();
          });
    try {
      const [flow, prompt] = await Promise.all([this.parts.loadFlow(), this.parts.loadPrompt(deadline.signal)]);
      const session = await flow.run(request, prompt, endsAt);
      this.parts.onSignedIn(session);
      return session;
    } finally {
      stopTimer?.();
    }
  }
}
