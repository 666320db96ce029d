import type { Sessions } from '../sessions/sessions';
import type { Prompt } from './prompt';

/**
 * For a person who signs out where no account can be read: offers to remove what may be one. In a modal, because any
 * extension can run the command, and what cannot be read may be a newer version's.
 *
 * @returns whether it was removed
 */
export async function removeUnreadable(sessions: Sessions, prompt: Pick<Prompt, 'choose'>): Promise<boolean> {
  const remove = 'Remove';
  const choice = await prompt.choose({
    message: 'Your stored Reltio sign-ins cannot be read. Remove them?',
    detail: 'Their tokens are not revoked at Reltio: they expire by themselves.',
    no: 'Keep',
    choices: [remove],
  });
  if (choice === remove) {
    await sessions.removeUnreadable();
  }
  return choice === remove;
}
