/** Why the proxy itself answers a request instead of forwarding it. */
export type RefusalCode =
  | 'key'
  | 'authorization'
  | 'host'
  | 'origin'
  | 'target'
  | 'method'
  | 'upgrade'
  | 'badRequest'
  | 'headersTooLarge'
  | 'requestTimeout'
  | 'unknownEnvironment'
  | 'productionNotAllowed'
  | 'tokenNotAllowed'
  | 'notSignedIn'
  | 'upstream'
  | 'stopping';

/** An answer of the proxy itself: plain text, one sentence that says what to do. */
export interface Refusal {
  readonly code: RefusalCode;
  readonly status: number;
  readonly sentence: string;
}
