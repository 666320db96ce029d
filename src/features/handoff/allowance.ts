import type { Account } from '../../core/model/account';

/** Who wants a token in this workspace, without a person who presses a button each time. */
export type Receiver = 'terminals' | 'requestFiles';

/** What the user has allowed in this workspace. */
export interface Allowance {
  /**
   * Whether the receiver may have a token of this account. Asks the user if it has to: one question at a time, and no answer
   * within a minute is a no. False in an untrusted workspace, without a question.
   */
  has(receiver: Receiver, account: Account): Promise<boolean>;
}
