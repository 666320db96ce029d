import type { State, StateFile } from '../../src/core/storage/stateFile';

/** `state.json`, shared by the windows that have the same object. */
export class FakeStateFile implements StateFile {
  state: State | 'missing' | 'unknown' = 'missing';
  writes = 0;

  read(): Promise<State | 'missing' | 'unknown'> {
    return Promise.resolve(this.state);
  }

  write(state: State): Promise<void> {
    this.writes += 1;
    this.state = state;
    return Promise.resolve();
  }
}
