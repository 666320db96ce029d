import { Agent, get, type IncomingMessage } from 'node:http';
import { largeBytes, largePath, smallPath, token } from './served';

/** One way to the same server. */
export interface Way {
  readonly name: string;
  readonly address: string;
  /** Whether the client itself sends the token: nobody else does on this way. */
  readonly sendsToken: boolean;
}

export interface Measured {
  readonly name: string;
  /** Milliseconds of each small GET. */
  readonly times: readonly number[];
  /** Megabytes a second of each download. */
  readonly rates: readonly number[];
}

/**
 * Measures all ways alternately: what else the machine does then meets all of them alike.
 *
 * @param requests how many small GETs each way gets, over one connection that is kept
 * @param downloads how many downloads each way gets
 */
export async function measure(ways: readonly Way[], requests: number, downloads: number): Promise<readonly Measured[]> {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const all = ways.map((way) => ({ way, times: [] as number[], rates: [] as number[] }));
  const warmUp = Math.ceil(requests / 5);
  for (let round = 0; round < warmUp + requests; round += 1) {
    for (const { way, times } of all) {
      const began = performance.now();
      await received(way, smallPath, agent);
      if (round >= warmUp) times.push(performance.now() - began);
    }
  }
  for (let round = 0; round <= downloads; round += 1) {
    for (const { way, rates } of all) {
      const began = performance.now();
      const bytes = await received(way, largePath, agent);
      if (bytes !== largeBytes) throw new Error(`${way.name}: ${bytes} bytes arrived`);
      if (round > 0) rates.push(bytes / 1000 / (performance.now() - began));
    }
  }
  agent.destroy();
  return all.map(({ way: { name }, times, rates }) => ({ name, times, rates }));
}

/** The value below which this share of all values lies. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

async function received({ name, address, sendsToken }: Way, path: string, agent: Agent): Promise<number> {
  const headers = sendsToken ? { authorization: `Bearer ${token}` } : {};
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    get(`${address}${path}`, { agent, headers }, resolve).on('error', reject);
  });
  if (response.statusCode !== 200) throw new Error(`${name}: status ${response.statusCode}`);
  let bytes = 0;
  response.on('data', (chunk: Buffer) => (bytes += chunk.length));
  await new Promise<void>((resolve, reject) => response.on('end', resolve).on('error', reject));
  return bytes;
}
