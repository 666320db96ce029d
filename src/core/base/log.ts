import type { FailureCode } from './failure';
import type { RefusalCode } from './refusalCode';

/** What a log line may contain. There is no field for free text, so no secret can get into the log. */
export interface LogFields {
  readonly session?: string;
  readonly host?: string;
  readonly code?: FailureCode;
  readonly status?: number;
  readonly nodeCode?: string;
  readonly method?: string;
  /** The name of an environment. */
  readonly environment?: string;
  readonly milliseconds?: number;
  readonly count?: number;
  readonly added?: number;
  readonly removed?: number;
  readonly changed?: number;
  readonly revision?: number;
  readonly secondsLeft?: number;
  /** Why the local proxy refused a request. */
  readonly refusal?: RefusalCode;
  /** In which form a token, or an address of the local proxy, was copied. */
  readonly form?: 'token' | 'header' | 'curl' | 'address' | 'shell' | 'http' | 'postman';
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
