import * as v from 'valibot';
import { displayText } from '../../../core/base/displayText';
import { identityProviderGrant } from '../../../core/oauth/grants';
import * as helpPages from '../helpPages';
import { documentedIdpSystem } from './idpSystem';
import type { Method } from './method';

const schema = v.object({ kind: v.literal('identityProvider'), idpSystem: v.pipe(v.string(), v.nonEmpty()) });

export const identityProvider: Method<v.InferOutput<typeof schema>> = {
  kind: 'identityProvider',
  schema,
  renewal: 'refreshToken',
  signsIn: 'user',
  label: 'Password at another identity provider',
  detail: 'Your user name and password at Salesforce, for example',
  help: helpPages.identityProvider,
  initial: { kind: 'identityProvider', idpSystem: documentedIdpSystem },
  text: ({ idpSystem }) => `with a password at ${displayText(idpSystem)}`,
  grant: ({ idpSystem }, { user = '', secret = '' }) => identityProviderGrant(idpSystem, user, secret),
  steps: async () => (await import('../signInBoxes')).identityProviderSteps,
};
