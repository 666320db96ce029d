/** One line of the diagnosis. Made of host names, codes, numbers and setting names, never of the value of a setting. */
export interface Finding {
  readonly about: string;
  /** `note`: worth knowing, but not a problem. */
  readonly state: 'ok' | 'wrong' | 'note';
  /** What was found, and what it means. A sentence. */
  readonly says: string;
  /** What to do, if anything. A sentence. */
  readonly next?: string;
}

export function ok(about: string, says: string): Finding {
  return { about, state: 'ok', says };
}

export function note(about: string, says: string, next?: string): Finding {
  return { about, state: 'note', says, ...(next === undefined ? {} : { next }) };
}

export function wrong(about: string, says: string, next?: string): Finding {
  return { about, state: 'wrong', says, ...(next === undefined ? {} : { next }) };
}
