export interface Job {
  readonly name: string;
  /** Jobs that must be done first. A name that is not among the jobs is ignored. */
  readonly after?: readonly string[];
}

/** Runs the jobs, at most `lanes` at a time. They start in their order, except that a job waits for those it names. */
export async function sideBySide<T extends Job>(
  jobs: readonly T[],
  lanes: number,
  run: (job: T) => Promise<void>,
): Promise<void> {
  const waiting = [...jobs];
  const running = new Map<T, Promise<void>>();
  const isReady = ({ after = [] }: T): boolean =>
    ![...waiting, ...running.keys()].some(({ name }) => after.includes(name));
  while (waiting.length > 0 || running.size > 0) {
    const next = running.size < lanes ? waiting.findIndex(isReady) : -1;
    const [job] = next < 0 ? [] : waiting.splice(next, 1);
    if (job !== undefined) {
      running.set(
        job,
        run(job).finally(() => running.delete(job)),
      );
    } else if (running.size > 0) {
      await Promise.race(running.values());
    } else {
      throw new Error(`These wait for each other: ${waiting.map(({ name }) => name).join(', ')}`);
    }
  }
}
