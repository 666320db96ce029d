import * as l10n from '@vscode/l10n';
import * as v from 'valibot';
import { passwordGrant } from '../../../core/oauth/grants';
import type { Method } from './method';

const schema = v.object({ kind: v.literal('password') });

export const password: Method<v.InferOutput<typeof schema>> = {
  kind: 'password',
  schema,
  renewal: 'refreshToken',
  signsIn: 'user',
  label: () => l10n.t('Password'),
  detail: () => l10n.t('Your Reltio user name and password, and a one-time code if your account has one'),
  help: 'password',
  initial: { kind: 'password' },
  text: () => l10n.t('with a password'),
  grant: (_method, { user = '', secret = '' }) => passwordGrant(user, secret),
  steps: async () => (await import('../signInBoxes')).passwordSteps,
};
