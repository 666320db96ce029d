const INTERVAL = 10_000;

/** Prints what is being done, how long it has taken every ten seconds, and how long it took. */
export async function progress<T>(title: string, work: () => Promise<T>): Promise<T> {
  const started = Date.now();
  console.log(`${title} …`);
  const timer = setInterval(() => {
    console.log(`  … ${seconds(started)}`);
  }, INTERVAL);
  try {
    const result = await work();
    console.log(`  done in ${seconds(started)}`);
    return result;
  } finally {
    clearInterval(timer);
  }
}

export function seconds(started: number): string {
  const passed = (Date.now() - started) / 1000;
  return passed < 10 ? `${passed.toFixed(1)} s` : `${Math.round(passed)} s`;
}
