import { back, type Back } from '../../../editor/prompt/prompt';
import type { Draft } from '../draft';
import type { SignInContext } from '../signInContext';

/** The number of a step, for the title of its box. */
export interface Position {
  readonly step: number;
  readonly totalSteps: number;
  readonly canGoBack: boolean;
}

type Answer = keyof Draft;

/** One question of a sign-in. Steps are constants: all that changes is in the context. */
export interface Step<C extends { readonly draft: Draft } = SignInContext> {
  /** A modal among the boxes: it has no number, and Back does not lead to it. */
  readonly isModal?: boolean;
  /** The answers that it fills in. */
  readonly answers: readonly Answer[];
  /**
   * The earlier answers that this step's answers depend on: these are kept when the user goes back, until one of those
   * changes. Without `dependsOn`, they are deleted when the user goes back.
   */
  readonly dependsOn?: readonly Answer[];
  /** Whether there is anything to ask, given what is known so far. */
  applies(context: C): boolean;
  /** Returns what follows: the next step, the step before, or that step of the list. */
  ask(context: C, position: Position): Promise<'next' | Back | { readonly goTo: Step<C> }>;
}

/**
 * Asks one step after the other. Back leads to the last step that asked something.
 *
 * @param list returns all steps; after an answer, the steps that follow it may differ
 */
export async function runSteps<C extends { readonly draft: Draft }>(
  context: C,
  list: () => Promise<readonly Step<C>[]>,
): Promise<void> {
  const { draft } = context;
  let asked: readonly Step<C>[] = [];
  let isReturning = false; // a step that was answered is asked again when the user goes back to it
  let steps = await list();
  let step = steps[0];
  while (step !== undefined) {
    const later = stepsAfter(step, steps);
    if (!isReturning && !step.applies(context)) {
      step = later[0];
      continue;
    }
    const before = { ...draft };
    const outcome = await step.ask(context, {
      step: asked.length + 1,
      totalSteps: asked.length + 1 + later.filter((one) => one.isModal !== true && one.applies(context)).length,
      canGoBack: asked.length > 0,
    });
    isReturning = outcome === back;
    if (outcome === 'next') {
      const changed = step.answers.filter((answer) => draft[answer] !== before[answer]);
      forget(draft, later, ({ dependsOn = [] }) => dependsOn.some((answer) => changed.includes(answer)));
      asked = step.isModal === true ? asked : [...asked, step];
      steps = await list();
      step = stepsAfter(step, steps)[0];
      continue;
    }
    step = outcome === back ? (asked.at(-1) ?? step) : outcome.goTo;
    const target = steps.indexOf(step);
    forget(draft, steps.slice(Math.max(target, 0)), ({ dependsOn }) => dependsOn === undefined);
    asked = asked.filter((one) => steps.indexOf(one) < target);
  }
}

function stepsAfter<S>(step: S, steps: readonly S[]): readonly S[] {
  const index = steps.indexOf(step);
  if (index < 0) {
    throw new Error('A step is not in the list.');
  }
  return steps.slice(index + 1);
}

/** Deletes answers that are no longer valid. No other code deletes an answer. */
function forget<S extends Pick<Step, 'answers' | 'dependsOn'>>(
  draft: Draft,
  steps: readonly S[],
  isOutdated: (step: S) => boolean,
): void {
  for (const answer of steps.filter(isOutdated).flatMap(({ answers }) => answers)) {
    Reflect.deleteProperty(draft, answer);
  }
}
