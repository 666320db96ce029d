import type { Log } from '../../../core/base/log';
import { isTerminalKeys, newTerminalKeys, type TerminalKeys } from '../../../core/terminal/terminalKeys';
import type { Memory } from '../../../editor/memory';

export const terminalKeysKey = 'terminalKeys';

/**
 * The keys of this workspace, made at the first use: terminals that VS Code reconnects after a reload keep working with them.
 *
 * @param memory of the workspace
 */
export async function keptKeys(memory: Memory, log: Log): Promise<TerminalKeys> {
  const stored = memory.get(terminalKeysKey); // may be anything: another version may have written it
  if (isTerminalKeys(stored)) {
    return stored;
  }
  const keys = newTerminalKeys();
  try {
    await memory.update(terminalKeysKey, keys);
  } catch {
    log.warn('terminals: keys not stored'); // they are valid until the window closes
  }
  return keys;
}
