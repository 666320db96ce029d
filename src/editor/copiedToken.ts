/** A token that this window has put on the clipboard, as the status bar shows it. Holds no secret. Times since 1970, ms. */
export interface CopiedToken {
  /** Whose it is. */
  readonly label: string;
  readonly form: 'token' | 'header';
  readonly at: number;
  /** Seconds after which it is cleared; undefined where it stays. */
  readonly clearAfter: number | undefined;
  /** It should be gone, and the clipboard could not be reached; that is tried again. */
  readonly isOverdue: boolean;
}
