import { Failure } from '../base/failure';
import type { LocalProxyStatus } from './localProxy';

/** Why the local proxy has no port. Pure. */
export function portFailure({ port, stuck }: Extract<LocalProxyStatus, { kind: 'portTaken' }>): Failure {
  return new Failure(stuck === true ? 'localProxyStuck' : 'localProxyPortTaken', { port });
}
