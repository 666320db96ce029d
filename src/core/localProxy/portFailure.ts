import { Failure } from '../base/failure';
import type { LocalProxyStatus } from './localProxy';

/** Why the local proxy has no port; undefined if it has one, or needs none now. Pure. */
export function portFailure(status: LocalProxyStatus): Failure | undefined {
  if (status.kind !== 'portTaken') {
    return undefined;
  }
  const { port, stuck } = status;
  return new Failure(stuck === true ? 'localProxyStuck' : 'localProxyPortTaken', { port });
}
