import { createServer } from 'node:net';
import { until } from './until';

/** Waits until no program listens at this port. */
export async function untilFree(port: number): Promise<void> {
  await until('the port to be free', () => isFree(port));
}

export async function isFree(port: number): Promise<boolean> {
  const probe = createServer();
  const free = await new Promise<boolean>((resolve) => {
    probe.once('error', () => resolve(false));
    probe.listen(port, '127.0.0.1', () => resolve(true));
  });
  probe.close();
  return free;
}

/** Does something while another program listens at this port. */
export async function whileTaken(port: number, act: () => Promise<void>): Promise<void> {
  const other = createServer((socket) => socket.on('error', () => undefined));
  await new Promise<void>((resolve) => {
    other.listen(port, '127.0.0.1', resolve);
  });
  try {
    await act();
  } finally {
    other.close();
  }
}
