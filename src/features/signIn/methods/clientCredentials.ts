import * as l10n from '@vscode/l10n';
import * as v from 'valibot';
import { clientCredentialsGrant } from '../../../core/oauth/grants';
import type { Method } from './method';

const schema = v.object({ kind: v.literal('clientCredentials') });

export const clientCredentials: Method<v.InferOutput<typeof schema>> = {
  kind: 'clientCredentials',
  schema,
  renewal: 'clientAgain',
  signsIn: 'client',
  label: () => l10n.t('Client credentials'),
  detail: () => l10n.t('A client id and its secret, without a user'),
  help: 'clientCredentials',
  initial: { kind: 'clientCredentials' },
  text: () => l10n.t('with client credentials'),
  grant: clientCredentialsGrant,
  steps: async () => (await import('../signInBoxes')).clientCredentialsSteps,
};
