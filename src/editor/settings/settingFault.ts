/** A setting, or an entry of one, that cannot be used. */
export interface SettingFault {
  /** For the user: which, and what to do. May repeat what was typed. */
  readonly says: string;
  /** The same by number and field, without what was typed: for the diagnosis, which people share. */
  readonly shareable: string;
}

/** What could not be read of a list. */
export interface Faults {
  readonly faults: readonly SettingFault[];
  /** The sentences for the user. */
  readonly problems: readonly string[];
}

/** A fault whose sentence holds nothing of the value. */
export function plainFault(says: string): SettingFault {
  return { says, shareable: says };
}

export function collected(faults: readonly SettingFault[]): Faults {
  return { faults, problems: faults.map(({ says }) => says) };
}
