import * as v from 'valibot';
import * as helpPages from '../helpPages';
import type { Method } from './method';

const schema = v.object({ kind: v.literal('pastedToken') });

export const pastedToken: Method<v.InferOutput<typeof schema>> = {
  kind: 'pastedToken',
  schema,
  renewal: 'none',
  signsIn: 'pastedToken',
  label: 'Paste a token',
  detail: 'An access token that you have; it is never refreshed',
  help: helpPages.methods,
  initial: { kind: 'pastedToken' },
  text: () => 'with a pasted token',
  steps: async () => (await import('../signInBoxes')).pastedTokenSteps,
};
