import { pastedTokenClient } from '../../../src/core/model/account';
import type { SessionDocument } from '../../../src/core/storage/sessionDocument';
import type { Report } from './report';

/** A pasted token stays what the user pasted: nobody refreshes it, and it replaces no token that is refreshed. */
export class PastedTokens {
  private readonly pasted = new Set<string>();

  constructor(private readonly report: Report) {}

  pastes(accessToken: string): void {
    this.pasted.add(accessToken);
  }

  stored({ sessions }: SessionDocument): void {
    for (const { account, tokens } of sessions) {
      const isPasted = this.pasted.has(tokens.accessToken);
      if (account.clientId !== pastedTokenClient && isPasted) {
        this.report('a pasted token took the place of a session that can be refreshed');
      }
      if (account.clientId === pastedTokenClient && (!isPasted || tokens.refreshToken !== undefined)) {
        this.report('a pasted token was replaced');
      }
    }
  }
}
