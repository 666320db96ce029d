/**
 * Calls `make` at the first use and keeps its result. A failure is not kept: a module that could not be loaded, for
 * example because too many files were open, is loaded again at the next call.
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
