import { Failure } from '../../core/base/failure';
import { choose, type Choice } from './confirm';
import type { Prompt } from './prompt';
import { showBox } from './showBox';
import { showPick } from './showPick';

/** VS Code's input boxes and quick picks. They stay open while the user looks up a password elsewhere. */
export function quickInputPrompt(deadline: AbortSignal): Prompt {
  return {
    box: (step) => showBox(step, deadline),
    pick: (step) => showPick(step, deadline),
    choose: (choice) => askModal(choice, deadline),
  };
}

/** An extension cannot close a modal: it stays open after the deadline, and then its buttons are ignored. */
async function askModal<T extends string>(choice: Choice<T>, deadline: AbortSignal): Promise<T | undefined> {
  const over = new Promise<undefined>((resolve) => {
    deadline.addEventListener('abort', () => resolve(undefined), { once: true });
  });
  const agreed = deadline.aborted ? undefined : await Promise.race([choose(choice), over]);
  if (deadline.aborted) {
    throw new Failure('cancelled');
  }
  return agreed;
}
