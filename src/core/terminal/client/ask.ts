import { connect } from 'node:net';
import { dirname, isAbsolute } from 'node:path';
import { systemClock } from '../../base/clock';
import { exitCodes } from '../exitCodes';
import { isOwnFolder } from '../ownFolder';
import { callLine, maxCallBytes, maxResultBytes, parseResult } from '../protocol';
import { readLine } from '../readLine';
import { refused } from '../refused';
import type { TokenResult } from '../tokenCall';
import { variableNames } from '../variableNames';
import type { Say } from './clientSentences';

/** How long a window may take, in milliseconds: longer than it waits for the user, twice. */
const patience = 180_000;

/**
 * Passes the arguments to the window of this terminal, and returns what it answers. Never rejects.
 *
 * @param uid the user who asks; undefined on Windows
 */
export async function ask(
  args: readonly string[],
  environment: NodeJS.ProcessEnv,
  uid: number | undefined,
  say: Say,
): Promise<TokenResult> {
  const handle = environment[variableNames.handle];
  const path = environment[variableNames.socket];
  if (handle === undefined || handle === '' || path === undefined || !isAbsolute(path)) {
    return refused(exitCodes.noWindow, say('notOffered'));
  }
  const line = callLine(handle, args);
  if (Buffer.byteLength(line) > maxCallBytes) {
    return refused(exitCodes.wrongUsage, say('tooLong'));
  }
  const answer = (await mayTrust(path, uid)) ? await exchange(path, line) : undefined;
  return (answer === undefined ? undefined : parseResult(answer)) ?? refused(exitCodes.noWindow, say('noAnswer'));
}

/**
 * Whether only this user can listen there. The folder may have been removed, and made again by another user, whose token would be
 * taken for the caller's own. root may use what belongs to others.
 */
async function mayTrust(path: string, uid: number | undefined): Promise<boolean> {
  return uid === undefined || uid === 0 || (await isOwnFolder(dirname(path), uid).catch(() => false));
}

/** Sends the line, and returns the one that comes back; undefined if none does. */
async function exchange(path: string, line: string): Promise<string | undefined> {
  const socket = connect(path);
  socket.on('error', () => undefined); // followed by the end of the connection
  const stop = systemClock.after(patience, () => {
    socket.destroy();
  });
  socket.write(line);
  const answer = await readLine(socket, maxResultBytes);
  stop();
  socket.destroy();
  return answer;
}
