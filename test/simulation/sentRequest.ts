import type { RequestFault } from './outages';
import type { Process } from './process';

/** A request, as the rules see it. */
export interface SentRequest {
  readonly by: Process;
  readonly sentAt: number;
  readonly path: string;
  readonly form: Readonly<Record<string, string>>;
  readonly fault: RequestFault | undefined;
  /** Whether the process still waits for the answer. */
  isOpen: boolean;
}
