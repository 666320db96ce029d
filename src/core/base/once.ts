/**
 * Makes something when it is first needed, and only once. A failure is not kept: a file of ours that could not be loaded
 * for a moment, as with too many open files, can be loaded the next time.
 */
export function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  const begin = (): Promise<T> => {
    const making = make();
    making.catch(() => {
      made = undefined;
    });
    return making;
  };
  return () => (made ??= begin());
}
