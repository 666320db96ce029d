/** One line of the diagnosis. Made of host names, codes, numbers and names of settings; never of what a setting holds. */
export interface Finding {
  readonly about: string;
  /** `note`: worth knowing, and no fault. */
  readonly state: 'ok' | 'wrong' | 'note';
  /** What was found, and what it means. A sentence. */
  readonly says: string;
  /** What to do, where something is to be done. A sentence. */
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
