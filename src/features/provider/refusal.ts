/** The request of another extension cannot be fulfilled. The message is a sentence for the user. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
}

/** Recognised by its name, because each file of the bundle has a class of its own. */
export function isRefusal(error: unknown): error is Error {
  return error instanceof Error && error.name === 'Refusal';
}
