import * as l10n from '@vscode/l10n';
import * as v from 'valibot';
import { displayText } from '../../../core/base/displayText';
import { identityProviderGrant } from '../../../core/oauth/grants';
import { documentedIdpSystem } from './idpSystem';
import type { Method } from './method';

const schema = v.object({ kind: v.literal('identityProvider'), idpSystem: v.pipe(v.string(), v.nonEmpty()) });

export const identityProvider: Method<v.InferOutput<typeof schema>> = {
  kind: 'identityProvider',
  schema,
  renewal: 'refreshToken',
  signsIn: 'user',
  label: () => l10n.t('Password at another identity provider'),
  detail: () => l10n.t('Your user name and password at Salesforce, for example'),
  help: 'identityProvider',
  initial: { kind: 'identityProvider', idpSystem: documentedIdpSystem },
  text: ({ idpSystem }) => l10n.t('with a password at {0}', displayText(idpSystem)),
  grant: ({ idpSystem }, { user = '', secret = '' }) => identityProviderGrant(idpSystem, user, secret),
  steps: async () => (await import('../signInBoxes')).identityProviderSteps,
};
