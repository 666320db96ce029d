/**
 * The connection was lost, or the request was aborted, before the response was complete. Without a cause: the errors of
 * either client may quote an address.
 */
export class CutResponse extends Error {
  override readonly name = 'ReltioCutResponse';

  /** @param code of the error, which says no more than what happened */
  constructor(readonly code?: string) {
    super('The response was cut');
  }
}
