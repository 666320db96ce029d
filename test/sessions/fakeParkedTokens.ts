import type { ParkedTokens } from '../../src/sessions/parkedTokens';
import type { Tokens } from '../../src/sessions/tokens';

/** The disk of an installation, without the encryption. */
export class FakeParkedTokens implements ParkedTokens {
  readonly files = new Map<string, { readonly spent: string; readonly tokens: Tokens }>();

  put(sessionId: string, spent: string, tokens: Tokens): Promise<void> {
    this.files.set(sessionId, { spent, tokens });
    return Promise.resolve();
  }

  find(sessionId: string, spent: string): Promise<Tokens | undefined> {
    const file = this.files.get(sessionId);
    if (file?.spent === spent) {
      return Promise.resolve(file.tokens);
    }
    this.files.delete(sessionId);
    return Promise.resolve(undefined);
  }

  remove(sessionId: string): Promise<void> {
    this.files.delete(sessionId);
    return Promise.resolve();
  }
}
