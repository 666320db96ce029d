/** Why a request was not sent. The text is for the user: httpYac shows it. */
export class NotSent extends Error {
  override readonly name = 'Reltio';

  constructor(message: string) {
    super(message);
    this.stack = message; // httpYac shows the stack
  }
}
