/** Randomness for ids and jitter. */
export interface Random {
  /** A new identifier that cannot be guessed. */
  id(): string;
  /** A number from 0 up to, but not including, 1. */
  fraction(): number;
}
