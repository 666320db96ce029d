/**
 * Makes something when it is first needed, and only once. A failure is not kept: a file of ours that could not be loaded,
 * as with too many open files, may be loaded the next time.
 */
export function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  const start = (): Promise<T> => {
    const making = make();
    making.catch(() => {
      made = undefined;
    });
    return making;
  };
  return () => (made ??= start());
}
