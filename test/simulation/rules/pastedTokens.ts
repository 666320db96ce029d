import { pastedTokenClient } from '../../../src/core/model/account';
import type { SessionDocument } from '../../../src/core/storage/sessionDocument';
import type { SentRequest } from '../sentRequest';
import type { Report } from './report';

/** A pasted token stays what the user pasted: nobody refreshes it. */
export class PastedTokens {
  private readonly pasted = new Set<string>();

  constructor(private readonly report: Report) {}

  pastes(accessToken: string): void {
    this.pasted.add(accessToken);
  }

  sent({ clientId }: SentRequest): void {
    if (clientId === pastedTokenClient) {
      this.report('a request was sent with the client of a pasted token, which does not exist');
    }
  }

  stored({ sessions }: SessionDocument): void {
    for (const { account, tokens } of sessions) {
      const isChanged = tokens.refreshToken !== undefined || !this.pasted.has(tokens.accessToken);
      if (account.clientId === pastedTokenClient && isChanged) {
        this.report('a pasted token was replaced');
      }
    }
  }
}
