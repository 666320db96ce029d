import { statusView } from '../../src/features/statusBar/view';
import { monday } from '../../test/fakes/fakeClock';
import { sampleState } from '../../test/fakes/sampleState';

const hour = 3_600_000;

/**
 * How many timers fire in the last hour of a token, in which the status bar counts down minutes and at last seconds. An idle
 * window has no other timer, unless the user has chosen keepAlive, copied a token or started the local proxy.
 */
export function timersInHour(activity: 'focused' | 'visible' | 'idle'): number {
  let fired = 0;
  for (let now = monday; ; fired += 1) {
    const { nextChange } = statusView(sampleState(), now, activity);
    if (nextChange === undefined || now + nextChange > monday + hour) {
      return fired;
    }
    now += nextChange;
  }
}
