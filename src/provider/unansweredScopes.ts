/** More than this many lists are not worth remembering. */
const limit = 100;

/**
 * The scope lists that other extensions asked with and got no session for. VS Code keeps an entry "Sign in with Reltio
 * to use X" for each until a session with those very scopes is announced (in 1.103 in the asked order).
 */
export class UnansweredScopes {
  private readonly lists = new Map<string, { readonly scopes: readonly string[]; isAnnounced: boolean }>();

  add(scopes: readonly string[]): void {
    if (this.lists.size < limit || this.has(scopes)) {
      this.lists.set(key(scopes), { scopes: [...scopes], isAnnounced: false });
    }
  }

  has(scopes: readonly string[]): boolean {
    return this.lists.has(key(scopes));
  }

  delete(scopes: readonly string[]): void {
    this.lists.delete(key(scopes));
  }

  /** The lists for which no session has been announced since they were asked. */
  waiting(): readonly (readonly string[])[] {
    return [...this.lists.values()].filter((list) => !list.isAnnounced).map(({ scopes }) => scopes);
  }

  /** VS Code has dropped its entry; who asked may still be on the way to `createSession`. */
  announced(scopes: readonly string[]): void {
    const list = this.lists.get(key(scopes));
    if (list !== undefined) {
      list.isAnnounced = true;
    }
  }
}

/** In the asked order: 1.103 holds one entry for each order. */
function key(scopes: readonly string[]): string {
  return JSON.stringify(scopes);
}
