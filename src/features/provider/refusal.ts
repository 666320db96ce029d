/** What another extension asked for cannot be; the message is a sentence for the person. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
}
