import type { Changes } from '../model/changes';

/** What the history wants to know of the stored sessions. */
export interface StoreListeners {
  /** Is called with what this window has changed. */
  readonly onOwnChange?: (changes: Changes) => void;
  /** Is called when a write that another window announced did not arrive: it was closed or killed too soon. Again at each reading. */
  readonly onWriteLost?: (revision: number) => void;
}
