import type { Session } from '../../core/model/session';
import type { Sessions } from '../../core/sessions/sessions';
import { refreshTokenExpiry } from '../../core/model/tokens';
import type { AccountInUse } from '../../editor/accountInUse';
import type { EnvironmentInUse } from '../../editor/environmentInUse';
import type { CopiedToken } from '../../editor/copiedToken';
import type { LocalProxyView } from '../../editor/localProxyState';
import { methodText, type DescribedMethod } from '../../editor/messages/sessionText';
import type { StatusState } from './state';

/** Collects what the status bar, its menu and the details show. Sends no request: everything is in memory. */
export class Status {
  constructor(
    private readonly sessions: Sessions,
    private readonly accountInUse: AccountInUse,
    private readonly environmentInUse: Pick<EnvironmentInUse, 'all' | 'current'>,
    private readonly refreshTokenDays: () => number,
    private readonly copied: () => CopiedToken | undefined,
    private readonly localProxy: () => LocalProxyView | undefined,
    private readonly methods: readonly DescribedMethod[],
  ) {}

  get inUse(): StatusState {
    return { ...this.of(this.accountInUse.session), question: this.accountInUse.question };
  }

  get all(): readonly StatusState[] {
    const { known } = this.sessions;
    return known.length === 0 ? [this.of(undefined)] : known.map((session) => this.of(session));
  }

  private of(session: Session | undefined): StatusState {
    const activity = session === undefined ? undefined : this.sessions.activity(session);
    return {
      session,
      signedInWith: session === undefined ? '' : methodText(this.methods, session.method),
      question: undefined,
      isNamed: this.accountInUse.isNamed,
      otherAccounts: this.sessions.known.filter(({ id }) => id !== session?.id).map(({ account }) => account),
      environment: this.environmentInUse.current,
      hasSeveralEnvironments: this.environmentInUse.all.length > 1,
      isRefreshing: activity?.isRefreshing ?? false,
      outage: activity?.outage,
      refreshTokenExpiresAt:
        session === undefined ? undefined : refreshTokenExpiry(session.tokens, this.refreshTokenDays()),
      copied: this.copied(),
      localProxy: this.localProxy(),
      problem: this.sessions.problem,
    };
  }
}
