import type { Failure, FailureCode } from '../base/failure';
import type { Clock } from '../base/clock';
import { isAnswer } from '../model/refreshErrors';
import type { FailureMemory, Outage } from './failureMemory';
import type { Session } from '../model/session';

/** What is remembered of failures, as it concerns one session. */
export class SessionFailures {
  constructor(
    private readonly memory: FailureMemory,
    private readonly clock: Clock,
  ) {}

  record(session: Session, failure: Failure): void {
    const [serverKey, key] = [memoryKey(session, 'unreachable'), memoryKey(session, failure.code)];
    const before = this.memory.outage(serverKey)?.failure;
    if (key !== serverKey && before !== undefined && !isAnswer(before) && isAnswer(failure)) {
      this.memory.clear(serverKey); // nothing answered then, and now the server does
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
  forgive(session: Session): void {
    memoryKeys(session).forEach((key) => {
      this.memory.forgive(key);
    });
  }

  /** After a success, here or in another window. */
  forget(session: Session): void {
    memoryKeys(session).forEach((key) => {
      this.memory.clear(key);
    });
  }
}

/** What a failure is about: this session, every session of its client, or everything at the identity server. */
function memoryKey(session: Session, code: FailureCode): string {
  const { identityServer, clientId } = session.account;
  switch (code) {
    case 'clientRejected':
    case 'clientUnknown':
    case 'grantNotAllowed':
      return `${identityServer} ${clientId}`;
    case 'accountLocked':
    case 'badAnswer':
    case 'journalUnreadable':
    case 'lockBusy':
    case 'passwordExpired':
    case 'requestRefused':
    case 'sessionsUnreadable':
    case 'storeNewer':
    case 'tokenUnchanged':
      return session.id;
    default:
      return identityServer;
  }
}

function memoryKeys(session: Session): readonly string[] {
  return [
    memoryKey(session, 'unreachable'),
    memoryKey(session, 'clientRejected'),
    memoryKey(session, 'tokenUnchanged'),
  ];
}
