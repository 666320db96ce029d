import * as l10n from '@vscode/l10n';
import * as v from 'valibot';
import type { Method } from './method';

const schema = v.object({ kind: v.literal('pastedToken') });

export const pastedToken: Method<v.InferOutput<typeof schema>> = {
  kind: 'pastedToken',
  schema,
  renewal: 'none',
  signsIn: 'pastedToken',
  label: () => l10n.t('Paste a token'),
  detail: () => l10n.t('An access token that you have; it is never refreshed'),
  help: 'methods',
  initial: { kind: 'pastedToken' },
  text: () => l10n.t('with a pasted token'),
  steps: async () => (await import('../signInBoxes')).pastedTokenSteps,
};
