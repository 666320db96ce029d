import type { Back } from '../../../editor/prompt/prompt';
import { back } from '../../../editor/prompt/prompt';

/** Where a step stands, for the title of its box. */
export interface Position {
  readonly step: number;
  readonly totalSteps: number;
  readonly canGoBack: boolean;
}

export interface Step {
  /** A modal among the boxes: it has no number, and Back does not lead to it. */
  readonly isModal?: boolean;
  /** Whether there is anything to ask, given what is known by now. */
  applies(): boolean;
  /** Done, back to the step before, or to that step of the list. */
  ask(position: Position): Promise<'next' | Back | { readonly goTo: Step }>;
}

/** Asks one step after the other. Back leads to the last step that asked something. */
export async function runSteps(steps: readonly Step[]): Promise<void> {
  const asked: number[] = [];
  let index = 0;
  let isReturning = false; // a step that was answered is asked again when the person goes back to it
  for (let step = steps[index]; step !== undefined; step = steps[index]) {
    if (!isReturning && !step.applies()) {
      index += 1;
      continue;
    }
    const ahead = steps.slice(index + 1).filter((later) => later.isModal !== true && later.applies()).length;
    const outcome = await step.ask({
      step: asked.length + 1,
      totalSteps: asked.length + 1 + ahead,
      canGoBack: asked.length > 0,
    });
    isReturning = outcome === back;
    if (outcome === back) {
      index = asked.pop() ?? index;
    } else if (outcome === 'next') {
      if (step.isModal !== true) {
        asked.push(index);
      }
      index += 1;
    } else {
      index = steps.indexOf(outcome.goTo);
      if (index < 0) {
        throw new Error('A step led to one that is not in the list.');
      }
      while ((asked.at(-1) ?? -1) >= index) {
        asked.pop();
      }
    }
  }
}
