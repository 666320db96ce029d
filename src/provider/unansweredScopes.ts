/** More than this many lists are not worth remembering. */
const limit = 100;

/**
 * The scope lists that other extensions asked with and got no session for. VS Code keeps an entry "Sign in with Reltio
 * to use X" for each until a session with those very scopes is announced (in 1.103 in the asked order).
 */
export class UnansweredScopes {
  private readonly lists = new Map<string, readonly string[]>();

  add(scopes: readonly string[]): void {
    if (this.lists.size < limit) {
      this.lists.set(key(scopes), [...scopes]);
    }
  }

  has(scopes: readonly string[]): boolean {
    return this.lists.has(key(scopes));
  }

  delete(scopes: readonly string[]): void {
    this.lists.delete(key(scopes));
  }

  all(): readonly (readonly string[])[] {
    return [...this.lists.values()];
  }
}

/** In the asked order: 1.103 holds one entry for each order. */
function key(scopes: readonly string[]): string {
  return JSON.stringify(scopes);
}
