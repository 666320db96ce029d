import * as l10n from '@vscode/l10n';
import type { Draft } from './draft';

export type SecretKind = 'password' | 'code';

/** From this failure on, the user is warned. By default, Reltio locks an account after five (its page "Password Policy"). */
const warnFrom = 3;

/** Counts failures in a row in this window, for each user. Passwords and codes are counted separately, as at Reltio. */
export class FailedTries {
  private readonly counts = new Map<string, number>();

  /** Counts a failure, and returns the warning to add to its message, if it is time for one. */
  count(draft: Draft, kind: SecretKind): string | undefined {
    const key = keyOf(draft, kind);
    const count = (this.counts.get(key) ?? 0) + 1;
    this.counts.set(key, count);
    return count >= warnFrom
      ? l10n.t('Careful: {0} wrong attempts in a row. Reltio locks an account after five.', count)
      : undefined;
  }

  forget(draft: Draft, kind: SecretKind): void {
    this.counts.delete(keyOf(draft, kind));
  }
}

function keyOf({ identityServer = '', user = '' }: Draft, kind: SecretKind): string {
  return `${kind} ${identityServer} ${user.toLowerCase()}`;
}
