import { displayList } from '../../core/base/displayText';
import type { Failure } from '../../core/base/failure';

/**
 * One sentence says what happened and who is at fault, another what to do next.
 *
 * @param describe says what happened before
 * @param step what gets another token, if the failure is about that of a known session; see `nextStep`
 */
export type Sentence = (failure: Failure, describe: (cause: Failure) => string, step?: string) => string;

export function hostIn({ host }: Failure): string {
  return host ?? 'Reltio'; // a name, which no language declines
}

export function portIn({ port }: Failure): string {
  return port === undefined ? '' : String(port);
}

/** ` (HTTP 503)`; empty if there was no answer. */
export function statusIn({ status }: Failure): string {
  return status === undefined ? '' : ` (HTTP ${status})`;
}

/** `: dev, test`; empty if there is nothing to choose from. */
export function namesIn({ names }: Failure): string {
  return names.length === 0 ? '' : `: ${displayList(names)}`;
}

/** ` (ENOENT)`; empty if Node gave no code. */
export function nodeCodeIn({ nodeCode }: Failure): string {
  return nodeCode === undefined ? '' : ` (${nodeCode})`;
}
