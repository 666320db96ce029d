import { commandIds } from '../../editor/commandIds';
import { firstEntries } from './firstEntries';
import type { StatusState } from './state';

/** What a click does, as the user chose in `reltioAuth.statusBar.click`. */
export type Click = typeof commandIds.showMenu | typeof commandIds.refreshToken;

/** The command that a click runs. If a refresh can only fail, the click runs the first entry of the menu instead. */
export function clickCommand(
  wanted: Click,
  state: StatusState,
  now: number,
): { readonly command: string; readonly arguments: readonly string[] } {
  if (state.question !== undefined) {
    return { command: commandIds.switchAccount, arguments: [] };
  }
  if (state.session === undefined) {
    return { command: commandIds.signIn, arguments: [] };
  }
  if (wanted === commandIds.showMenu) {
    return { command: wanted, arguments: [] };
  }
  const [first] = firstEntries(state, state.session, now);
  return { command: first?.does.command ?? wanted, arguments: [state.session.id] };
}
