import type { Clock } from '../../base/clock';
import type { Log } from '../../base/log';
import type { RefusalCode } from '../../base/refusalCode';

/** Milliseconds between two lines. */
const pause = 1_000;

/** Logs refusals with their number: at most one line a second, however many programs knock at the port. */
export class RefusalLog {
  private readonly counts = new Map<RefusalCode, number>();
  private isPausing = false;

  constructor(
    private readonly log: Log,
    private readonly clock: Clock,
  ) {}

  add(code: RefusalCode): void {
    this.counts.set(code, (this.counts.get(code) ?? 0) + 1);
    if (!this.isPausing) this.write();
  }

  private write(): void {
    const [next] = this.counts;
    this.isPausing = next !== undefined;
    if (next === undefined) {
      return;
    }
    const [refusal, count] = next;
    this.counts.delete(refusal);
    this.log.warn('local proxy: refused', { refusal, count });
    this.clock.after(pause, () => {
      this.write();
    });
  }
}
