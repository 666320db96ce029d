import type { Clock } from '../../base/clock';
import type { Failure } from '../../base/failure';
import type { Log } from '../../base/log';
import type { Permissions } from '../permissions';
import type { ProxiedEnvironment } from '../proxiedEnvironment';
import type { TokenSource } from '../tokenSource';
import type { Upstream } from '../upstream';

export interface ForwarderParts {
  readonly upstream: Upstream;
  /** Those of the settings now. */
  readonly environments: () => Promise<readonly ProxiedEnvironment[]>;
  readonly tokens: TokenSource;
  readonly permissions: Permissions;
  /** The sentence about a failure, without a secret. */
  readonly explain: (failure: Failure) => string;
  /** Called once for each request that was sent to an environment. */
  readonly onForwarded: () => void;
  readonly clock: Clock;
  readonly log: Log;
}
