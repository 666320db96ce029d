import type { Account } from '../../../core/model/account';
import type { Environment } from '../../../editor/settings/environments';

/** What gets tokens in this workspace without a press of a button each time. */
export type Receiver = 'terminals' | 'requestFiles';

/** What the user has allowed in this workspace. */
export interface Allowance {
  /**
   * Whether the receiver may have a token of this account. Asks the user if it has to: one question at a time, and no answer
   * within a minute is a no. False in an untrusted workspace, without a question.
   *
   * @param environment the one that the receiver names, if it does
   * @throws {Error} if the settings cannot be read, so that nobody knows what is production
   */
  has(receiver: Receiver, account: Account, environment?: Environment): Promise<boolean>;
}
