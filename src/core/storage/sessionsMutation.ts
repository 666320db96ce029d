import { isDeepStrictEqual } from 'node:util';
import { formerAfter, withTrueAges } from '../model/formerRefreshTokens';
import type { Mutation } from './lockedDocument';
import type { SessionDocument } from './sessionDocument';
import type { Session } from '../model/session';
import { unreadableAfter } from '../model/unreadableEntries';

/** Returns the changed sessions, or the same array if nothing changes. Idempotent. */
export type SessionsMutation = (sessions: readonly Session[]) => readonly Session[];
export type SessionFilter = (session: Session) => boolean;
export type Next = (session: Session) => Session;

/** Replaces each matching session with the result of `next`. */
export function updating(matches: SessionFilter, next: Next): SessionsMutation {
  return (sessions) => {
    const after = sessions.map((session) => (matches(session) ? next(session) : session));
    return isDeepStrictEqual(after, sessions) ? sessions : after;
  };
}

/** The same change, applied to the document that contains the sessions. */
export function ofDocument(mutate: SessionsMutation): Mutation<SessionDocument> {
  return (document) => {
    const mutated = mutate(document.sessions);
    return mutated === document.sessions ? document : withSessions(document, mutated);
  };
}

function withSessions(document: SessionDocument, mutated: readonly Session[]): SessionDocument {
  const { sessions: before, unreadable, formerRefreshTokens } = document;
  const sessions = withTrueAges(mutated, formerRefreshTokens);
  return {
    ...document,
    sessions,
    unreadable: unreadableAfter(unreadable, before, sessions),
    formerRefreshTokens: formerAfter(formerRefreshTokens, before, sessions),
  };
}
