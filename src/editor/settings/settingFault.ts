/** A setting, or an entry of one, that cannot be used. */
export interface SettingFault {
  /** For the user: which setting it is, and what to do. May repeat the value. */
  readonly message: string;
  /** The same by number and field, without the value: for the diagnosis report, which users share. */
  readonly shareable: string;
}

/** The entries of a list that cannot be used. */
export interface Faults {
  readonly faults: readonly SettingFault[];
  /** The sentences for the user. */
  readonly problems: readonly string[];
}

/** A fault whose sentence does not contain the value. */
export function plainFault(message: string): SettingFault {
  return { message, shareable: message };
}

export function collected(faults: readonly SettingFault[]): Faults {
  return { faults, problems: faults.map(({ message }) => message) };
}
