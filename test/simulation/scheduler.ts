import type { Cancel } from '../../src/core/base/clock';

interface Event {
  readonly time: number;
  readonly order: number;
  run: (() => void) | undefined;
}

/** Wednesday, 4 March 2026, 08:00 UTC. */
export const simulationStart = Date.UTC(2026, 2, 4, 8);

/** Nothing that is simulated waits for the event loop, but the process that simulates has to serve it now and then. */
const ticksInRow = 500;

/** Simulated time: events happen one after the other, each at its time, and take no time themselves. */
export class Scheduler {
  now = simulationStart;
  steps = 0;
  private readonly heap: Event[] = [];
  private order = 0;

  /** Runs a callback this many milliseconds from now. */
  after(milliseconds: number, run: () => void): Cancel {
    const event = this.at(this.now + Math.max(milliseconds, 0), run);
    return () => {
      event.run = undefined;
    };
  }

  /** As `after`, at a time that is not in the past, for what nobody cancels. */
  at(time: number, run: () => void): Event {
    const event: Event = { time, order: (this.order += 1), run };
    this.push(event);
    return event;
  }

  /**
   * Lets simulated time pass. After each event, all promises that can settle have settled, then `check` is called.
   * Stops early when it returns true.
   */
  async run(until: number, check: () => boolean): Promise<void> {
    for (let event = this.heap[0]; event !== undefined && event.time <= until; event = this.heap[0]) {
      this.pop();
      if (event.run === undefined) {
        continue;
      }
      this.now = event.time;
      this.steps += 1;
      event.run();
      await (this.steps % ticksInRow === 1 ? roundOfEventLoop() : everyPromise());
      if (check()) {
        return;
      }
    }
    this.now = until;
  }

  private push(event: Event): void {
    const { heap } = this;
    let index = heap.push(event) - 1;
    while (index > 0) {
      const parent = (index - 1) >> 1;
      if (isBefore(heap[parent]!, event)) {
        break;
      }
      heap[index] = heap[parent]!;
      index = parent;
    }
    heap[index] = event;
  }

  private pop(): void {
    const { heap } = this;
    const last = heap.pop()!;
    if (heap.length === 0) {
      return;
    }
    let index = 0;
    for (;;) {
      let child = index * 2 + 1;
      if (child >= heap.length) {
        break;
      }
      if (child + 1 < heap.length && isBefore(heap[child + 1]!, heap[child]!)) {
        child += 1;
      }
      if (isBefore(last, heap[child]!)) {
        break;
      }
      heap[index] = heap[child]!;
      index = child;
    }
    heap[index] = last;
  }
}

/** A tick comes after every promise has settled, and is cheaper than a round of the event loop. */
function everyPromise(): Promise<void> {
  return new Promise((resolve) => {
    process.nextTick(resolve);
  });
}

/** Timers, messages and unhandled rejections of the process come here. The first step needs it: it may run outside of any promise. */
function roundOfEventLoop(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}

function isBefore(one: Event, other: Event): boolean {
  return one.time < other.time || (one.time === other.time && one.order < other.order);
}
