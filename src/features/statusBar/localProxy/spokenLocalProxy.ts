import type { LocalProxyView } from '../../../editor/localProxyState';

const ends: Readonly<Record<LocalProxyView['state'], string>> = {
  here: 'runs',
  elsewhere: 'runs in another window',
  portTaken: 'cannot listen',
  waiting: 'waits for a trusted window',
};

/** That it runs, for a screen reader: without a count, which would be read aloud with each request. Pure. */
export function spokenLocalProxy({ state }: LocalProxyView): string {
  return `The local proxy ${ends[state]}.`;
}
