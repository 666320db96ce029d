import { isObject, parseJsonObject } from '../../base/json';
import type { ListeningWindow, SharedState } from '../sharedState';

/** Grows when an older version of this extension would misunderstand the file. */
const version = 1;

export function stateText(state: SharedState): string {
  return JSON.stringify({ version, ...state });
}

/** `newer`: a newer version of this extension wrote it. `damaged`: this extension did not write it, or not completely. */
export function parseState(text: string): SharedState | 'newer' | 'damaged' {
  const json = parseJsonObject(text);
  if (json === undefined || !Number.isSafeInteger(json['version'])) {
    return 'damaged';
  }
  if (json['version'] !== version) {
    return Number(json['version']) > version ? 'newer' : 'damaged';
  }
  const { agreed, wanted, port, account, listener } = json;
  if (typeof agreed !== 'boolean' || typeof wanted !== 'boolean') {
    return 'damaged';
  }
  return {
    agreed,
    wanted: agreed && wanted,
    port: isPort(port) ? port : undefined,
    account: typeof account === 'string' ? account : undefined,
    ...(isListener(listener) ? { listener: { id: listener.id, pid: listener.pid } } : {}),
  };
}

export function isSameState(one: SharedState, other: SharedState): boolean {
  return (
    one.agreed === other.agreed &&
    one.wanted === other.wanted &&
    one.port === other.port &&
    one.account === other.account &&
    one.listener?.id === other.listener?.id
  );
}

function isPort(value: unknown): value is number {
  return Number.isInteger(value) && Number(value) > 0 && Number(value) <= 65_535;
}

/** Signals to process 0 or to a negative one would reach others. */
function isListener(value: unknown): value is ListeningWindow {
  return (
    isObject(value) && typeof value['id'] === 'string' && Number.isSafeInteger(value['pid']) && Number(value['pid']) > 0
  );
}
