import { isDeepStrictEqual } from 'node:util';
import type { Session } from './session';

/** The difference between two reads of the store, whichever window wrote it. */
export interface Changes {
  readonly added: readonly Session[];
  readonly removed: readonly Session[];
  readonly changed: readonly { readonly before: Session; readonly after: Session }[];
}

/** Undefined if nothing changed, so that no event fires. */
export function changesBetween(before: readonly Session[], after: readonly Session[]): Changes | undefined {
  const known = new Map(before.map((session) => [session.id, session]));
  const kept = new Set(after.map((session) => session.id));
  const changes: Changes = {
    added: after.filter((session) => !known.has(session.id)),
    removed: before.filter((session) => !kept.has(session.id)),
    changed: after.flatMap((session) => {
      const old = known.get(session.id);
      return old === undefined || old === session || isDeepStrictEqual(old, session)
        ? []
        : [{ before: old, after: session }];
    }),
  };
  return changes.added.length + changes.removed.length + changes.changed.length === 0 ? undefined : changes;
}
