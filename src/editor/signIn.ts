import { Failure } from '../core/base/failure';
import { within, type Clock } from '../core/base/clock';
import { withDeadline } from '../core/base/deadline';
import { isSameAccount } from '../core/model/account';
import type { Session } from '../core/model/session';
import type { SignInMethod } from '../core/model/signInMethod';
import type { Prompt } from './prompt/prompt';

/** What the caller of the sign-in has already decided. */
export interface SignInRequest {
  readonly identityServer?: string;
  readonly clientId?: string;
  readonly user?: string;
  readonly method?: SignInMethod;
  /** Whether to get new tokens instead of keeping those that are about to expire. */
  readonly renews?: boolean;
}

/** The input boxes of a sign-in. */
export interface SignInBoxes {
  /**
   * Shows the boxes, and then the result of the sign-in.
   *
   * @param endsAt when the boxes close by themselves, milliseconds since 1970
   */
  run(request: SignInRequest, prompt: Prompt, endsAt?: number): Promise<Session>;
}

/** The sign-in of this window: one at a time. A second caller joins the first. */
export class SignIn {
  private current: Promise<Session> | undefined;
  private loadBoxes: () => Promise<SignInBoxes> = () => Promise.reject(new Failure('cancelled'));

  constructor(
    private readonly loadPrompt: (deadline: AbortSignal) => Promise<Prompt>,
    private readonly clock: Clock,
  ) {}

  /**
   * @param loadBoxes called at the first sign-in: most windows never show one
   */
  runWith(loadBoxes: () => Promise<SignInBoxes>): void {
    this.loadBoxes = loadBoxes;
  }

  /** Whether there is a sign-in to join. Its first caller may have asked for another account. */
  get isUnderWay(): boolean {
    return this.current !== undefined;
  }

  /**
   * @param limit milliseconds until the boxes close by themselves; a caller that joins waits no longer than that either
   * @param isWanted checked after joining: if that sign-in was for another account, a new one starts within the rest of
   *   the limit
   * @throws {Failure} `cancelled` when the user leaves or the limit is reached
   */
  async start(
    request: SignInRequest = {},
    limit?: number,
    isWanted: (session: Session) => boolean = () => true,
  ): Promise<Session> {
    const { clock } = this;
    const endsAt = limit === undefined ? undefined : clock.steady() + limit;
    const joined = this.current;
    const signingIn = joined ?? this.begin(request, limit);
    const session = await (limit === undefined
      ? signingIn
      : within(clock, limit, signingIn, () => {
          throw new Failure('cancelled');
        }));
    return joined === undefined || isWanted(session)
      ? session
      : await this.start(request, endsAt === undefined ? undefined : endsAt - clock.steady(), isWanted);
  }

  /**
   * Signs in again as the account of a session, with the same method.
   *
   * @param how `renew` to get new tokens instead of keeping those that are about to expire
   * @throws {Failure} `cancelled` when the user leaves
   */
  async again({ account, method }: Session, how: 'usual' | 'renew' = 'usual'): Promise<Session> {
    const { identityServer, clientId, user } = account;
    const request = {
      identityServer,
      clientId,
      method,
      ...(user === undefined ? {} : { user }),
      ...(how === 'renew' ? { renews: true } : {}),
    };
    return await this.start(request, undefined, (signedIn) => isSameAccount(signedIn.account, account));
  }

  /** The deadline ends it even if it hangs, for example on a keyring: then the next caller starts another. */
  private begin(request: SignInRequest, limit: number | undefined): Promise<Session> {
    const over = (): void => {
      if (this.current === signingIn) {
        this.current = undefined;
      }
    };
    const signingIn =
      limit === undefined
        ? this.run(request, limit, new AbortController().signal)
        : withDeadline(this.clock, limit, (deadline) => {
            deadline.addEventListener('abort', over);
            return this.run(request, limit, deadline);
          });
    signingIn.then(over, over);
    this.current = signingIn;
    return signingIn;
  }

  private async run(request: SignInRequest, limit: number | undefined, deadline: AbortSignal): Promise<Session> {
    const endsAt = limit === undefined ? undefined : this.clock.now() + limit;
    const [boxes, prompt] = await Promise.all([this.loadBoxes(), this.loadPrompt(deadline)]);
    return await boxes.run(request, prompt, endsAt);
  }
}
