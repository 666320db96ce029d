import { describe } from '../../src/editor/messages/messages';
import { detailsText } from '../../src/features/statusBar/details';
import type { StatusState } from '../../src/features/statusBar/state';

/** The details, as the status bar shows them. */
export function detailsOf(
  states: readonly StatusState[],
  inUse: Pick<StatusState, 'session' | 'question'>,
  now: number,
): string {
  return detailsText(states, inUse, now, describe);
}
