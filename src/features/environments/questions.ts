import { back, type Back } from '../../editor/prompt/prompt';

/** The number of a question, for the title of its box. */
export interface Position {
  readonly step: number;
  readonly totalSteps: number;
  readonly canGoBack: boolean;
}

export interface Question<Draft> {
  /** Whether there is anything to ask, given what is known so far. */
  applies(draft: Draft): boolean;
  /**
   * Returns the draft with the answer.
   *
   * @param before the draft with the last answer, if the user has come back to it
   */
  ask(draft: Draft, position: Position, before: Draft | undefined): Promise<Draft | Back>;
}

/**
 * Asks one question after the other. Back leads to the last one that was asked, with the draft as it was then.
 *
 * @throws {Failure} `cancelled` when the user leaves
 */
export async function askInOrder<Draft>(questions: readonly Question<Draft>[], first: Draft): Promise<Draft> {
  const asked: { readonly draft: Draft; readonly index: number }[] = [];
  const answers = new Map<number, Draft>();
  let draft = first;
  let index = 0;
  for (let question = questions[0]; question !== undefined; question = questions[index]) {
    if (!question.applies(draft)) {
      index += 1;
      continue;
    }
    const known = draft;
    const later = questions.slice(index + 1).filter((one) => one.applies(known)).length;
    const position = { step: asked.length + 1, totalSteps: asked.length + 1 + later, canGoBack: asked.length > 0 };
    const answer = await question.ask(draft, position, answers.get(index));
    if (answer === back) {
      ({ draft, index } = asked.pop() ?? { draft: first, index: 0 });
    } else {
      asked.push({ draft, index });
      answers.set(index, answer);
      draft = answer;
      index += 1;
    }
  }
  return draft;
}
