/** The request of another extension cannot be fulfilled. The message is a sentence for the user. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
}
