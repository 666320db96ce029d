import type { RequestedAccount } from './wantedAccount';

/** How many lists are remembered, and how many entries of each. */
const limit = 100;
const entryLimit = 10;

interface List {
  readonly scopes: readonly string[];
  /** The entries that VS Code may show for it, as the scopes under which a session must be announced to remove them. */
  readonly entries: readonly (readonly string[])[];
  /** Whether no extension has got a session for it yet. */
  readonly isOpen: boolean;
  /** The account that the extension wants; undefined once one has asked for any. */
  readonly account: RequestedAccount | undefined;
}

/**
 * The scope lists that other extensions requested without getting a session. VS Code keeps an entry "Sign in with Reltio to
 * use X" for each until a session with exactly these scopes is announced as added (in 1.103, in the requested order). The
 * entry stays even if another extension gets a session for the same list.
 */
export class UnansweredScopes {
  private readonly lists = new Map<string, List>();

  /** @param entry what removes VS Code's entry, if that is not a session with these scopes */
  add(scopes: readonly string[], account?: RequestedAccount, entry = scopes): void {
    const known = this.lists.get(key(scopes));
    if (known !== undefined || this.lists.size < limit) {
      const others = (known?.entries ?? []).filter((one) => key(one) !== key(entry));
      const entries = [...others.slice(1 - entryLimit), [...entry]];
      const isForAny = known?.isOpen === true && known.account === undefined;
      this.lists.set(key(scopes), {
        scopes: [...scopes],
        entries,
        isOpen: true,
        account: isForAny ? undefined : account,
      });
    }
  }

  /** Undefined if an extension has got a session for this list. */
  open(scopes: readonly string[]): Pick<List, 'account'> | undefined {
    const list = this.lists.get(key(scopes));
    return list?.isOpen === true ? list : undefined;
  }

  /** An extension has got a session for this list. */
  answered(scopes: readonly string[]): void {
    this.settle(scopes, { isOpen: false });
  }

  /** The lists for which no session was announced since they were requested. */
  waiting(): readonly Pick<List, 'scopes' | 'entries'>[] {
    return [...this.lists.values()].filter(({ entries }) => entries.length > 0);
  }

  /** VS Code has removed its entries; the extension may still be about to call `createSession`. */
  announced(scopes: readonly string[]): void {
    this.settle(scopes, { entries: [] });
  }

  private settle(scopes: readonly string[], change: Partial<List>): void {
    const list = this.lists.get(key(scopes));
    if (list === undefined) {
      return;
    }
    const settled = { ...list, ...change };
    if (settled.entries.length > 0 || settled.isOpen) {
      this.lists.set(key(scopes), settled);
    } else {
      this.lists.delete(key(scopes));
    }
  }
}

/** In the requested order: VS Code 1.103 keeps one entry for each order. */
function key(scopes: readonly string[]): string {
  return JSON.stringify(scopes);
}
