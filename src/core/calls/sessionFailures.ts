import type { Failure } from '../base/failure';
import type { FailureRow } from '../base/failureRow';
import { failureTable } from '../base/failureTable';
import type { Clock } from '../base/clock';
import { isAnswer } from '../model/refreshErrors';
import type { FailureMemory, Outage } from './failureMemory';
import { clientIdOf, type Session } from '../model/session';

/** The remembered failures that concern one session. */
export class SessionFailures {
  constructor(
    private readonly memory: FailureMemory,
    private readonly clock: Clock,
  ) {}

  record(session: Session, failure: Failure): void {
    const { blocks } = failureTable[failure.code];
    if (blocks === 'nothing') {
      return;
    }
    const [serverKey, key] = [memoryKey(session, 'server'), memoryKey(session, blocks)];
    const before = this.memory.outage(serverKey)?.failure;
    if (key !== serverKey && before !== undefined && !isAnswer(before) && isAnswer(failure)) {
      this.memory.clear(serverKey); // the server did not answer then, and now it does
    }
    this.memory.record(key, failure, this.clock.now());
  }

  /** The last failure, if it is too early to try again. */
  recall(session: Session): Failure | undefined {
    const now = this.clock.now();
    return memoryKeys(session)
      .map((key) => this.memory.recall(key, now))
      .find((failure) => failure !== undefined);
  }

  /** What keeps this session from being refreshed, until something succeeds. */
  outage(session: Session): Outage | undefined {
    return memoryKeys(session)
      .map((key) => this.memory.outage(key))
      .find((outage) => outage !== undefined);
  }

  /** Lets the next call try at once, however recent the last failure is. */
  resetBackOff(session: Session): void {
    memoryKeys(session).forEach((key) => {
      this.memory.resetBackOff(key);
    });
  }

  /** After a success, here or in another window. */
  forget(session: Session): void {
    memoryKeys(session).forEach((key) => {
      this.memory.clear(key);
    });
  }
}

/** A failure under this key keeps the session from being refreshed. */
function memoryKey(session: Session, blocked: Exclude<FailureRow['blocks'], 'nothing'>): string {
  const { id, account } = session;
  switch (blocked) {
    case 'server':
      return account.identityServer;
    case 'client':
      return `${account.identityServer} ${clientIdOf(session)}`;
    case 'session':
      return id;
  }
}

function memoryKeys(session: Session): readonly string[] {
  return [memoryKey(session, 'server'), memoryKey(session, 'client'), memoryKey(session, 'session')];
}
