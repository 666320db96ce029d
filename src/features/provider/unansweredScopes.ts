/** How many lists are remembered. */
const limit = 100;

interface List {
  readonly scopes: readonly string[];
  /** Whether VS Code may show an entry for it. */
  readonly hasEntry: boolean;
  /** Whether no extension has got a session for it yet. */
  readonly isOpen: boolean;
}

/**
 * The scope lists that other extensions requested without getting a session. VS Code keeps an entry "Sign in with Reltio to
 * use X" for each until a session with exactly these scopes is announced as added (in 1.103, in the requested order). The
 * entry stays even if another extension gets a session for the same list.
 */
export class UnansweredScopes {
  private readonly lists = new Map<string, List>();

  add(scopes: readonly string[]): void {
    if (this.lists.size < limit || this.lists.has(key(scopes))) {
      this.lists.set(key(scopes), { scopes: [...scopes], hasEntry: true, isOpen: true });
    }
  }

  has(scopes: readonly string[]): boolean {
    return this.lists.get(key(scopes))?.isOpen === true;
  }

  /** An extension has got a session for this list. */
  answered(scopes: readonly string[]): void {
    this.settle(scopes, { isOpen: false });
  }

  /** The lists for which no session was announced since they were requested. */
  waiting(): readonly (readonly string[])[] {
    return [...this.lists.values()].filter(({ hasEntry }) => hasEntry).map(({ scopes }) => scopes);
  }

  /** VS Code has removed its entry; the extension may still be about to call `createSession`. */
  announced(scopes: readonly string[]): void {
    this.settle(scopes, { hasEntry: false });
  }

  private settle(scopes: readonly string[], change: Partial<List>): void {
    const list = this.lists.get(key(scopes));
    if (list === undefined) {
      return;
    }
    const settled = { ...list, ...change };
    if (settled.hasEntry || settled.isOpen) {
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
