import type { Cancel, Clock } from '../../base/clock';
import { errorLine } from '../refused';
import type { Say } from './clientSentences';

/** Longer than a refresh usually takes, in milliseconds. */
const patience = 3_000;

/**
 * Tells a person who sees nothing happen that the window may ask something: it may be behind others. Scripts and logs do
 * not get this.
 *
 * @returns ends it, when the answer is there
 */
export function sayIfItTakesLong(errors: Pick<NodeJS.WriteStream, 'isTTY' | 'write'>, clock: Clock, say: Say): Cancel {
  return clock.after(patience, () => {
    if (errors.isTTY) {
      errors.write(errorLine(say('waiting')));
    }
  });
}
