import { accountId, accountLabel, type Account } from '../../../src/core/model/account';
import type { Session } from '../../../src/core/model/session';
import type { SessionDocument } from '../../../src/core/storage/sessionDocument';
import { onceEach } from '../onceEach';
import type { Process } from '../process';
import type { Report } from './report';

/** The stored document keeps its id, its revisions grow, and each account has one session with one label. */
export class Documents {
  private readonly labels = new Map<string, string>();
  private readonly labelOf = onceEach<Account, string>(accountLabel);
  private readonly idOf = onceEach<Account, string>(accountId);

  constructor(private readonly report: Report) {}

  /** Once `state.json` has announced a revision, another window may have seen it, so it must not be used again. */
  stored(by: Process, { storeId, revision }: SessionDocument): void {
    const { stateFile: announced, scheduler } = by.machine;
    const wasSuspended = by.wasSuspendedSince(scheduler.now - 30_000);
    if (announced?.storeId === storeId && revision <= announced.revision && !wasSuspended) {
      this.report('an announced revision was used again');
    }
  }

  written(before: SessionDocument | undefined, after: SessionDocument): void {
    if (before !== undefined && before.storeId !== after.storeId) {
      this.report('the id of the store changed');
    }
    after.sessions.forEach((session) => {
      this.checkLabel(session);
    });
    const accounts = after.sessions.map(({ account }) => this.idOf(account));
    if (new Set(accounts).size !== accounts.length) {
      this.report('one account has two sessions');
    }
  }

  private checkLabel({ id, account }: Session): void {
    const label = this.labelOf(account);
    if ((this.labels.get(id) ?? label) !== label) {
      this.report('the label of an account changed');
    }
    this.labels.set(id, label);
  }
}
