import { within, type Clock } from './clock';

/** Calls to something that may never answer. None is made before the last one has answered, so they never change places. */
export class TimedCalls {
  private isPending = false;

  /** Rejects if the call takes longer, and at once while an earlier one has not answered. */
  async run(clock: Clock, milliseconds: number, call: () => Promise<void>): Promise<void> {
    const noAnswer = (): never => {
      throw new Error('no answer');
    };
    if (this.isPending) {
      noAnswer();
    }
    this.isPending = true;
    const calling = call().finally(() => (this.isPending = false));
    await within(clock, milliseconds, calling, noAnswer);
  }
}
