/** Random numbers: ids and jitter. */
export interface Random {
  /** A fresh identifier that nobody can guess. */
  id(): string;
  /** 0 up to, but not including, 1. */
  fraction(): number;
}
