import type { Log } from '../base/log';
import { isState, type State } from './stateFile';

/** The part of VS Code's `Memento` that is used here. */
interface Memento {
  get(key: string): unknown;
  update(key: string, value: unknown): PromiseLike<void>;
}

/** `signedInOnce`: there are traces of a sign-in, but it is unknown whether its session still exists. */
export type Recalled = State | 'signedInOnce' | 'nothing';

const key = 'announcedSessions';

/**
 * A copy of `state.json` in VS Code's global state. Uninstalling deletes the extension's folder, but neither the global
 * state nor the secrets. It cannot replace `state.json`: each profile has a global state of its own, and all profiles share
 * the secrets.
 */
export class RememberedState {
  constructor(
    private readonly memento: Memento,
    private readonly hasSignInTraces: () => boolean,
    private readonly log: Log,
  ) {}

  recall(): Recalled {
    return this.kept ?? (this.hasSignInTraces() ? 'signedInOnce' : 'nothing');
  }

  /** Written only when the store changes, or when the first session is added or the last one removed. */
  keep({ storeId, revision, sessions }: State): void {
    const { kept } = this;
    if (kept?.storeId === storeId && kept.sessions > 0 === sessions > 0) {
      return;
    }
    this.memento.update(key, { storeId, revision, sessions }).then(undefined, () => {
      this.log.warn('sessions: not remembered');
    });
  }

  private get kept(): State | undefined {
    const json = this.memento.get(key);
    return isState(json) ? json : undefined;
  }
}
