import { commandIds } from '../../editor/commandIds';
import { firstEntries } from './firstEntries';
import type { StatusState } from './state';

/** What a click does, by the user's choice (`reltioAuth.statusBar.click`). */
export type Click = typeof commandIds.showMenu | typeof commandIds.refreshToken;

/** What a click runs. Where a refresh can only fail, the first entry of the menu runs instead. */
export function clickCommand(
  wanted: Click,
  state: StatusState,
  now: number,
): { readonly command: string; readonly arguments: readonly string[] } {
  if (state.question !== undefined) {
    return { command: commandIds.chooseAccount, arguments: [] };
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
