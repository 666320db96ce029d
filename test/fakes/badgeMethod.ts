import * as v from 'valibot';
import { back } from '../../src/editor/prompt/prompt';
import type { Method } from '../../src/features/signIn/methods/method';
import { attemptOf } from '../../src/features/signIn/signInContext';
import type { Step } from '../../src/features/signIn/steps/steps';
import { clientStep } from '../../src/features/signIn/steps/clientStep';

const schema = v.object({ kind: v.literal('badge'), floor: v.number() });

const floorStep: Step = {
  answers: ['method'],
  dependsOn: [],
  applies: ({ request }) => request.method === undefined,
  async ask({ prompt, title, draft }, position) {
    const items = [1, 2, 3].map((value) => ({ label: `Floor ${value}`, value }));
    const floor = await prompt.pick({ ...position, title: title(draft.identityServer), placeholder: 'Floor?', items });
    if (floor === back) {
      return back;
    }
    draft.method = { kind: 'badge', floor };
    return 'next';
  },
};

const badgeStep: Step = {
  answers: ['answer'],
  applies: ({ draft }) => draft.answer === undefined,
  async ask(context, position) {
    const { prompt, title, draft } = context;
    const { method = badge.initial } = draft;
    const answer = await prompt.box({
      ...position,
      title: title(draft.identityServer),
      prompt: 'Badge number',
      secret: true,
      submit: async (secret, signal) => ({
        kind: 'accepted',
        value: await attemptOf(context).send(method, { secret }, signal),
      }),
    });
    if (answer === back) {
      return back;
    }
    draft.answer = answer;
    return 'next';
  },
};

/** A made-up sign-in method: without a user, with its own step, stored value and grant. */
export const badge: Method<v.InferOutput<typeof schema>> = {
  kind: 'badge',
  schema,
  renewal: 'none',
  signsIn: 'client',
  label: () => 'Badge',
  detail: () => 'The badge that opens the door of your office',
  help: 'methods',
  initial: { kind: 'badge', floor: 1 },
  text: ({ floor }) => `with a badge of floor ${floor}`,
  grant: ({ floor }, { secret = '' }) => ({
    kind: 'password',
    form: { grant_type: 'badge', badge: secret, floor: String(floor) },
  }),
  steps: () => Promise.resolve([clientStep, floorStep, badgeStep]),
};
