import type { FailureCode } from './failure';

/** VS Code's SecretStorage, as far as the core needs it. */
export interface SecretStore {
  get(key: string): Promise<string | undefined>;
  store(key: string, value: string): Promise<void>;
  delete(key: string): Promise<void>;
  /** May fire twice, or without a change, and in every window (microsoft/vscode#115214). */
  onDidChange(listener: (key: string) => void): Unsubscribe;
}

/** What a log line may say. There is no field for text, so no secret can get in. */
export interface LogFields {
  readonly session?: string;
  readonly host?: string;
  readonly code?: FailureCode;
  readonly status?: number;
  readonly nodeCode?: string;
  readonly method?: string;
  readonly milliseconds?: number;
  readonly count?: number;
  readonly added?: number;
  readonly removed?: number;
  readonly changed?: number;
  readonly revision?: number;
  readonly secondsLeft?: number;
  /** What of a token was copied. */
  readonly form?: 'token' | 'header';
  /** Which HTTP client carries requests, and why that one (`network/choice`). */
  readonly client?: 'host' | 'explicit';
  readonly why?:
    | 'usual'
    | 'ownProxy'
    | 'caFile'
    | 'clientCertificate'
    | 'proxyAuthorization'
    | 'unverifiedProxy'
    | 'fetchSupportOff'
    | 'verificationOff';
}

export interface Log {
  info(event: string, fields?: LogFields): void;
  warn(event: string, fields?: LogFields): void;
}

/** Random numbers: ids and jitter. */
export interface Random {
  /** A fresh identifier that nobody can guess. */
  id(): string;
  /** 0 up to, but not including, 1. */
  fraction(): number;
}

/** Turns between the windows of one installation, by name. */
export interface Lock {
  /**
   * Waits for the lock. Where there can be none at all (no folder, or one that cannot be written) everybody gets it: a
   * lock spares requests, the readings before each write keep the data. Never throws.
   *
   * @param patience milliseconds; from one and the same holder that keeps it all that time it is taken away
   */
  acquire(name: string, patience: number): Promise<HeldLock>;
}

export interface HeldLock {
  /** Asked right before each write: who slept, or took too long, has lost the lock and must start from a new reading. */
  isHeld(): Promise<boolean>;
  release(): Promise<void>;
}

export type Unsubscribe = () => void;
