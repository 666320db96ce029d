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
  /** The account has no user: the client itself signs in. */
  readonly isClient?: boolean;
  readonly method?: SignInMethod;
  /** Whether to get new tokens instead of keeping those that are about to expire. */
  readonly renews?: boolean;
}

/** The input boxes of a sign-in. */
export interface SignInBoxes {
  /**
   * Shows the boxes, and then the result of the sign-in.
   *
   * @param closesAt when the boxes close by themselves, milliseconds since 1970
   */
  run(request: SignInRequest, prompt: Prompt, closesAt?: number): Promise<Session>;
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
  get isInProgress(): boolean {
    return this.current !== undefined;
  }

  /**
   * @param timeout milliseconds until the boxes close by themselves; a caller that joins waits no longer than that either
   * @param isWanted checked after joining: if that sign-in was for another account, a new one starts within the rest of
   *   the timeout
   * @throws {Failure} `cancelled` when the user leaves or the timeout is over
   */
  async start(
    request: SignInRequest = {},
    timeout?: number,
    isWanted: (session: Session) => boolean = () => true,
  ): Promise<Session> {
    const { clock } = this;
    const closesAt = timeout === undefined ? undefined : clock.steady() + timeout;
    const joined = this.current;
    const signingIn = joined ?? this.begin(request, timeout);
    const session = await (timeout === undefined
      ? signingIn
      : within(clock, timeout, signingIn, () => {
          throw new Failure('cancelled');
        }));
    return joined === undefined || isWanted(session)
      ? session
      : await this.start(request, closesAt === undefined ? undefined : closesAt - clock.steady(), isWanted);
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
      ...(user === undefined ? { isClient: true } : { user }),
      ...(how === 'renew' ? { renews: true } : {}),
    };
    return await this.start(request, undefined, (signedIn) => isSameAccount(signedIn.account, account));
  }

  /** The deadline ends it even if it hangs, for example on a keyring: then the next caller starts another. */
  private begin(request: SignInRequest, timeout: number | undefined): Promise<Session> {
    const clear = (): void => {
      if (this.current === signingIn) {
        this.current = undefined;
      }
    };
    const signingIn =
      timeout === undefined
        ? this.run(request, timeout, new AbortController().signal)
        : withDeadline(this.clock, timeout, (deadline) => {
            deadline.addEventListener('abort', clear);
            return this.run(request, timeout, deadline);
          });
    signingIn.then(clear, clear);
    this.current = signingIn;
    return signingIn;
  }

  private async run(request: SignInRequest, timeout: number | undefined, deadline: AbortSignal): Promise<Session> {
    const closesAt = timeout === undefined ? undefined : this.clock.now() + timeout;
    const [boxes, prompt] = await Promise.all([this.loadBoxes(), this.loadPrompt(deadline)]);
    return await boxes.run(request, prompt, closesAt);
  }
}
