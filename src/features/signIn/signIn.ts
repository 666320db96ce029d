import { Failure } from '../../core/base/failure';
import { within, type Clock } from '../../core/base/clock';
import { withDeadline } from '../../core/base/deadline';
import type { Session } from '../../core/model/session';
import type { SignInRequest } from './draft';
import type { Prompt } from '../../editor/prompt/prompt';

export interface SignInParts {
  /** Loaded when first needed: most windows never show a sign-in. */
  readonly loadFlow: () => Promise<Flow>;
  readonly loadPrompt: (deadline: AbortSignal) => Promise<Prompt>;
  /** Told of every sign-in that worked, whoever asked for it. */
  readonly onSignedIn: (outcome: SignInOutcome) => void;
  readonly clock: Clock;
}

export interface SignInOutcome {
  readonly session: Session;
  /** Where the person would rather not have the old sign-in replaced: when that ends, milliseconds since 1970. */
  readonly keptUntil?: number;
  /** Whether the account was signed in, and Reltio returned the very token that it had and that is still valid. */
  readonly isSameToken: boolean;
}

interface Flow {
  /** @param endsAt when the boxes close by themselves, milliseconds since 1970 */
  run(request: SignInRequest, prompt: Prompt, endsAt?: number): Promise<SignInOutcome>;
}

/** The sign-in of this window: one at a time, and who comes second joins the first. */
export class SignIn {
  private current: Promise<Session> | undefined;

  constructor(private readonly parts: SignInParts) {}

  /** Whether there is one to be joined: whoever began it may have asked for a certain account. */
  get isUnderWay(): boolean {
    return this.current !== undefined;
  }

  /**
   * @param limit milliseconds until the boxes close by themselves; who joins waits no longer than that either
   * @param isWanted where the sign-in that was joined brought somebody else, another follows in what is left of the limit
   * @throws {Failure} `cancelled` when the person leaves or the limit is reached
   */
  async start(
    request: SignInRequest = {},
    limit?: number,
    isWanted: (session: Session) => boolean = () => true,
  ): Promise<Session> {
    const { clock } = this.parts;
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

  /** It is over at its deadline also where it hangs, on a keyring for example: the next one begins anew. */
  private begin(request: SignInRequest, limit: number | undefined): Promise<Session> {
    const over = (): void => {
      if (this.current === signingIn) {
        this.current = undefined;
      }
    };
    const signingIn =
      limit === undefined
        ? this.run(request, limit, new AbortController().signal)
        : withDeadline(this.parts.clock, limit, (deadline) => {
            deadline.addEventListener('abort', over);
            return this.run(request, limit, deadline);
          });
    signingIn.then(over, over);
    this.current = signingIn;
    return signingIn;
  }

  private async run(request: SignInRequest, limit: number | undefined, deadline: AbortSignal): Promise<Session> {
    const endsAt = limit === undefined ? undefined : this.parts.clock.now() + limit;
    const [flow, prompt] = await Promise.all([this.parts.loadFlow(), this.parts.loadPrompt(deadline)]);
    const outcome = await flow.run(request, prompt, endsAt);
    this.parts.onSignedIn(outcome);
    return outcome.session;
  }
}
