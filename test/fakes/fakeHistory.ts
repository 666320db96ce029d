import type { HistoryEntry } from '../../src/core/history/entry';
import type { History } from '../../src/core/history/history';

/** The history of an installation, in memory. */
export class FakeHistory implements History {
  readonly entries: HistoryEntry[] = [];

  constructor(
    private readonly bootedAt: () => number = () => 0,
    private readonly now: () => number = () => 0,
  ) {}

  record(entry: HistoryEntry): void {
    this.entries.push({ ...entry, bootedAt: this.bootedAt() });
  }

  read(): Promise<readonly HistoryEntry[]> {
    return Promise.resolve([...this.entries, { at: this.now(), what: 'read', bootedAt: this.bootedAt() }]);
  }

  settled(): Promise<void> {
    return Promise.resolve();
  }

  forget(): Promise<void> {
    this.entries.length = 0;
    return Promise.resolve();
  }
}
