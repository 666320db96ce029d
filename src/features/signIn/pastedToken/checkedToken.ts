import type { TokenInfo } from '../../../core/oauth/tokenInfo';

/** What is known of a pasted token that no server refuses. */
export interface CheckedToken {
  /** Whether a server says that it is valid. Otherwise none could be asked. */
  readonly isAccepted: boolean;
  /** What the identity server says of it. */
  readonly info?: TokenInfo;
}
