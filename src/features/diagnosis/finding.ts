import type { Mark } from '../../editor/page/mark';

/** One line of the diagnosis. Made of host names, codes, numbers and setting names, never of the value of a setting. */
export interface Finding {
  readonly about: string;
  readonly state: Mark;
  /** What was found, and what it means. Sentences. */
  readonly says: string;
  /** What to do, if anything. A sentence. */
  readonly next?: string;
  /** The host of the identity server that this is about; undefined if it is about this computer. */
  readonly server?: string;
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

/** Says of which identity server they are. */
export function at(server: string, findings: readonly Finding[]): readonly Finding[] {
  return findings.map((finding) => ({ ...finding, server }));
}

/** The name of a finding where its server is not named beside it. */
export function fullName({ about, server }: Finding): string {
  return server === undefined ? about : `${about} (${server})`;
}
