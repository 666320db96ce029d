/** What the servers of the benchmark serve, and how they tell the client where they listen. */
export const smallPath = '/small';
export const largePath = '/large';
export const largeBytes = 200 * 1024 * 1024;

/** As long as Reltio's tokens may be, so that the proxies have to find and mask a real one. */
export const token = 'benchmark-token-'.repeat(64);

/** Called by a server in a process of its own: tells the parent its address, and leaves with it. */
export function ready(address: string): void {
  process.send?.(address);
  process.once('disconnect', () => process.exit());
}
