import { createConnection } from 'node:net';
import { within, type Clock } from '../base/clock';
import { listeningAddresses } from './listeningAddresses';

/** How long a program on this machine may take to accept a connection (milliseconds). */
const timeLimit = 1_000;

/** Node's codes where nothing listens, or where this machine has no address of that family. */
const nobody = new Set(['ECONNREFUSED', 'EADDRNOTAVAIL', 'EAFNOSUPPORT', 'ENETUNREACH', 'EHOSTUNREACH']);

/**
 * Whether a program on this machine accepts connections at a redirect address: it would receive the code of a sign-in that
 * ends there. If that cannot be found out, the answer is yes.
 *
 * @param address for which `listeningAddresses` knows where to look
 */
export async function isAnswered(address: URL, clock: Clock): Promise<boolean> {
  const hosts = listeningAddresses(address) ?? [];
  const port = Number(address.port === '' ? 80 : address.port);
  const answers = await Promise.all(hosts.map((host) => connects(host, port, clock)));
  return answers.includes(true);
}

async function connects(host: string, port: number, clock: Clock): Promise<boolean> {
  const socket = createConnection({ host, port });
  const outcome = new Promise<boolean>((resolve) => {
    socket.once('connect', () => {
      resolve(true);
    });
    socket.on('error', (error: NodeJS.ErrnoException) => {
      resolve(!nobody.has(String(error.code)));
    });
  });
  try {
    return await within(clock, timeLimit, outcome, () => true);
  } finally {
    socket.destroy();
  }
}
