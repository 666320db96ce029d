import type { Failure } from '../../core/base/failure';

/** What happened and who is at fault, in one sentence, and what to do next, in another. */
export type Sentence = (failure: Failure, describe: (cause: Failure) => string) => string;

export function hostIn({ host }: Failure): string {
  return host ?? 'The identity server';
}

/** ` (HTTP 503)`; empty where there was no answer. */
export function statusIn({ status }: Failure): string {
  return status === undefined ? '' : ` (HTTP ${status})`;
}

/** ` (ENOENT)`; empty where Node gave no code. */
export function nodeCodeIn({ nodeCode }: Failure): string {
  return nodeCode === undefined ? '' : ` (${nodeCode})`;
}
