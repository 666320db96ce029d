import * as v from 'valibot';
import { clientCredentialsGrant } from '../../../core/oauth/grants';
import * as helpPages from '../helpPages';
import type { Method } from './method';

const schema = v.object({ kind: v.literal('clientCredentials') });

export const clientCredentials: Method<v.InferOutput<typeof schema>> = {
  kind: 'clientCredentials',
  schema,
  renewal: 'clientAgain',
  signsIn: 'client',
  label: 'Client credentials',
  detail: 'A client id and its secret, without a user',
  help: helpPages.clientCredentials,
  initial: { kind: 'clientCredentials' },
  text: () => 'with client credentials',
  grant: clientCredentialsGrant,
  steps: async () => (await import('../signInBoxes')).clientCredentialsSteps,
};
