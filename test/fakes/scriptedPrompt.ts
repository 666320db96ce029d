import { Failure } from '../../src/core/base/failure';
import { back, type BoxStep, type Prompt } from '../../src/editor/prompt/prompt';

/** The answer of a user who presses Back. */
export const goBack = '<back>';

/** The answer of a user who presses the button with this tooltip. */
export function press(tooltip: string): string {
  return `<press ${tooltip}>`;
}

/** The answer of a user who does something outside VS Code until the box says what came of it. */
export const elsewhere = '<elsewhere>';

/** A text, or what the user types after something has happened elsewhere. */
export type Answer = string | (() => Promise<string>);

/** A question, and the box's reaction to the answer. */
export interface Asked {
  readonly title: string;
  readonly question: string;
  /** The initial text of the box. */
  readonly value: string;
  /** Whether the box shows dots. */
  readonly secret: boolean;
  readonly refusals: string[];
  /**
   * Each item of a list: its label, then its description or its detail. One that cannot be chosen begins with `✗`, and then
   * says why.
   */
  readonly items: readonly string[];
  readonly placeholder: string;
  readonly help: string | undefined;
  /** The item of a list that is selected because the user chose it before. */
  readonly selected?: string;
  /** The tooltips of the box's buttons. */
  readonly links?: readonly string[];
  /** The detail text of a modal. Its buttons are the items, the default one first. */
  readonly modal?: string;
}

/**
 * Answers a sign-in in the order of its questions: for a list the start of a label, for a box the text to type. A
 * refused text is followed by the next answer in the same box; when no answer is left, the user leaves.
 */
export function scriptedPrompt(
  answers: readonly Answer[],
): Prompt & { readonly asked: readonly Asked[]; readonly numbers: readonly string[] } {
  const left = [...answers];
  const asked: Asked[] = [];
  const numbers: string[] = [];
  const next = async (): Promise<string> => {
    const answer = left.shift();
    if (answer === undefined) throw new Failure('cancelled');
    return typeof answer === 'string' ? answer : await answer();
  };
  return {
    asked,
    numbers,
    async pick(step) {
      await Promise.resolve();
      const { title, placeholder, help } = step;
      const items = step.items.map(({ label, description, detail, unavailable }) =>
        [`${unavailable === undefined ? '' : '✗ '}${label}`, unavailable ?? description ?? detail]
          .filter((part) => part !== undefined)
          .join(': '),
      );
      const refusals: string[] = [];
      const selected = step.items.find(({ value }) => step.wasChosen?.(value))?.label;
      const list = { title, question: placeholder, value: '', secret: false, refusals, items, placeholder, help };
      numbers.push(`${step.step}/${step.totalSteps}`);
      asked.push(selected === undefined ? list : { ...list, selected });
      if (step.work !== undefined && step.items.length === 0) {
        return await step.work(new AbortController().signal);
      }
      for (;;) {
        const answer = await next();
        if (answer === goBack) return back;
        const item =
          step.items.find(({ label }) => label === answer) ?? step.items.find(({ label }) => label.startsWith(answer));
        if (item === undefined) {
          throw new Error(`"${answer}" is not among ${step.items.map(({ label }) => label).join(', ')}`);
        }
        if (item.unavailable === undefined) return item.value;
        refusals.push(item.unavailable);
      }
    },
    async choose({ message, detail, no, choices }) {
      await Promise.resolve();
      const entry = { title: '', value: '', secret: false, refusals: [], placeholder: '', help: undefined };
      asked.push({ ...entry, question: message, items: [no, ...choices], modal: detail });
      const answer = await next();
      const chosen = choices.find((choice) => choice === answer);
      if (chosen === undefined && answer !== no) {
        throw new Error(`"${answer}" is not among ${[no, ...choices].join(', ')}`);
      }
      return chosen;
    },
    async box(step) {
      const entry: Asked = {
        title: step.title,
        question: step.prompt,
        value: step.value ?? '',
        secret: step.secret ?? false,
        refusals: [],
        items: [],
        placeholder: step.placeholder ?? '',
        help: step.help,
        links: (step.links ?? []).map(({ tooltip }) => tooltip),
      };
      numbers.push(`${step.step}/${step.totalSteps}`);
      asked.push(entry);
      const closed = new AbortController();
      const outside = events<{ readonly value: Outcome<typeof step> } | 'refused'>();
      step.opened?.({
        closed: closed.signal,
        answer: (value) => {
          outside.add({ value });
        },
        wait: () => undefined,
        refuse: (sentence) => {
          entry.refusals.push(sentence);
          outside.add('refused');
        },
      });
      try {
        for (;;) {
          const answer = await next();
          if (answer === goBack) return back;
          if (answer === elsewhere) {
            const event = await outside.next();
            if (event === 'refused') continue;
            return event.value;
          }
          const pressed = step.links?.find(({ tooltip }) => answer === press(tooltip));
          if (pressed !== undefined) {
            if ('value' in pressed) return pressed.value;
            pressed.run();
            continue;
          }
          const submitted = await step.submit(answer, closed.signal);
          if (submitted.kind === 'accepted') return submitted.value;
          entry.refusals.push(submitted.sentence);
        }
      } finally {
        closed.abort();
      }
    },
  };
}

type Outcome<S> = S extends BoxStep<infer T> ? T : never;

/** A queue whose reader waits for what is added later. */
function events<E>() {
  const added: E[] = [];
  let wake = (): void => undefined;
  return {
    add: (event: E): void => {
      added.push(event);
      wake();
    },
    async next(): Promise<E> {
      for (;;) {
        const event = added.shift();
        if (event !== undefined) return event;
        await new Promise<void>((resolve) => (wake = resolve));
      }
    },
  };
}
