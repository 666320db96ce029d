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
  /** Whether the sign-in is to start over instead of going on with the tokens that are about to expire. */
  readonly renews?: boolean;
}

/** The boxes of a sign-in. */
export interface SignInBoxes {
  /**
   * Shows the boxes, and tells the user what the sign-in brought.
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

  /** @param loadBoxes called when they are first needed: most windows never show a sign-in */
  runWith(loadBoxes: () => Promise<SignInBoxes>): void {
    this.loadBoxes = loadBoxes;
  }

  /** Whether there is one to be joined. Its first caller may have asked for another account. */
  get isUnderWay(): boolean {
    return this.current !== undefined;
  }

  /**
   * @param limit milliseconds until the boxes close by themselves; a caller that joins waits no longer than that either
   * @param isWanted where the sign-in that was joined brought another account, another follows in what is left of the limit
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
   * Signs in again as the account of a session, in the way that it was signed in.
   *
   * @param how `renew` to start over instead of going on with the tokens that are about to expire
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

  /** The deadline ends it even where it hangs, on a keyring for example: then the next caller starts another. */
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
