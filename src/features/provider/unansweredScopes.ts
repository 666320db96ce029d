/** More than this many lists are not worth remembering. */
const limit = 100;

interface List {
  readonly scopes: readonly string[];
  /** Whether VS Code may show an entry for it. */
  readonly hasEntry: boolean;
  /** Whether nobody has got a session for it yet. */
  readonly isOpen: boolean;
}

/**
 * The scope lists that other extensions asked with and got no session for. VS Code keeps an entry "Sign in with Reltio
 * to use X" for each until a session with those very scopes is announced as added (in 1.103 in the asked order); that
 * another extension has got a session for the same list does not take the entry away.
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

  /** Somebody who asked has got a session. */
  answered(scopes: readonly string[]): void {
    this.settle(scopes, { isOpen: false });
  }

  /** The lists for which no session has been announced since they were asked. */
  waiting(): readonly (readonly string[])[] {
    return [...this.lists.values()].filter(({ hasEntry }) => hasEntry).map(({ scopes }) => scopes);
  }

  /** VS Code has dropped its entry; who asked may still be on the way to `createSession`. */
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

/** In the asked order: 1.103 holds one entry for each order. */
function key(scopes: readonly string[]): string {
  return JSON.stringify(scopes);
}
