import type { Cancel, Clock } from '../../base/clock';

/** Longer than a refresh usually takes, in milliseconds. */
const patience = 3_000;

/**
 * Tells a person who sees nothing happen that the window may ask something: it may be behind others. Scripts and logs do
 * not get this.
 *
 * @returns ends it, when the answer is there
 */
export function sayIfItTakesLong(errors: Pick<NodeJS.WriteStream, 'isTTY' | 'write'>, clock: Clock): Cancel {
  return clock.after(patience, () => {
    if (errors.isTTY) {
      errors.write('reltio-token: Waiting for VS Code. Its window may show a question.\n');
    }
  });
}
