import * as l10n from '@vscode/l10n';
import { createHash, timingSafeEqual } from 'node:crypto';
import type { Socket } from 'node:net';
import type { Clock } from '../base/clock';
import { refused } from './refused';
import { exitCodes } from './exitCodes';
import { maxCallBytes, parseCall, protocolVersion, resultLine, type SentCall } from './protocol';
import { readLine } from './readLine';
import type { AnswerCall, TokenResult } from './tokenCall';
import { wrongInside } from './wrongInside';

/** How long a call may take to arrive, and its result to be taken, in milliseconds. */
const transferLimit = 5_000;

/** What answers at the socket. */
export interface CallServer {
  readonly handle: string;
  readonly answer: AnswerCall;
  readonly clock: Clock;
}

/** Reads one call and sends its result. A caller without the handle gets nothing at all. Never rejects. */
export async function serveConnection(socket: Socket, server: CallServer): Promise<void> {
  const left = new AbortController();
  const leave = (): void => {
    left.abort();
  };
  socket.on('error', leave).once('close', leave);

  const line = await inTime(socket, server.clock, readLine(socket, maxCallBytes));
  const call = line === undefined ? undefined : parseCall(line);
  if (call === undefined || !isEqual(call.handle, server.handle)) {
    socket.destroy();
    return;
  }
  const result = await resultOf(call, server.answer, left.signal);
  if (left.signal.aborted) {
    socket.destroy();
    return;
  }
  const taken = new Promise<void>((resolve) => socket.once('close', resolve));
  socket.end(resultLine(result));
  await inTime(socket, server.clock, taken);
}

async function resultOf(call: SentCall, answer: AnswerCall, signal: AbortSignal): Promise<TokenResult> {
  if (call.version !== protocolVersion) {
    return refused(
      exitCodes.internalError,
      l10n.t('This VS Code window uses another version of Reltio Authentication. Reload the window, and try again.'),
    );
  }
  try {
    return await answer({ arguments: call.arguments }, signal);
  } catch {
    return refused(exitCodes.internalError, wrongInside());
  }
}

/** Ends the connection if the work takes too long, which ends the work. */
async function inTime<T>(socket: Socket, clock: Clock, work: Promise<T>): Promise<T> {
  const stop = clock.after(transferLimit, () => {
    socket.destroy();
  });
  try {
    return await work;
  } finally {
    stop();
  }
}

/** Takes the same time whatever differs, also for texts of different length. */
function isEqual(one: string, other: string): boolean {
  return timingSafeEqual(digest(one), digest(other));
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
