import * as l10n from '@vscode/l10n';
import * as v from 'valibot';
import type { Credentials } from '../../../core/model/signInMethod';
import { authorizationCodeGrant, type Grant } from '../../../core/oauth/grants';
import type { Method } from './method';

const tenant = v.exactOptional(v.pipe(v.string(), v.nonEmpty()));
const schema = v.object({ kind: v.literal('browser'), tenant });
const pastedSchema = v.object({ kind: v.literal('pastedCallback'), tenant });

/** The browser returns to a listener on this machine. */
export const browser: Method<v.InferOutput<typeof schema>> = {
  kind: 'browser',
  schema,
  renewal: 'refreshToken',
  signsIn: 'user',
  opensBrowser: 'returns',
  label: () => l10n.t('Browser'),
  detail: () => l10n.t('Single sign-on of your company, on a page that opens in your browser'),
  help: 'browser',
  unavailable: ({ isBesideBrowser }) =>
    isBesideBrowser ? undefined : l10n.t('Your browser runs on another computer. Use "{0}".', pastedCallback.label()),
  initial: { kind: 'browser' },
  text: () => l10n.t('through the browser'),
  grant: (_method, credentials) => codeGrant(credentials),
  steps: async () => (await import('../signInBoxes')).browserSteps,
};

/** The user pastes the address at which the browser ends. */
export const pastedCallback: Method<v.InferOutput<typeof pastedSchema>> = {
  kind: 'pastedCallback',
  schema: pastedSchema,
  renewal: 'refreshToken',
  signsIn: 'user',
  opensBrowser: 'pasted',
  label: () => l10n.t('Browser, then paste'),
  detail: () => l10n.t('Single sign-on in your browser; you paste the address at which it ends'),
  help: 'browser',
  initial: { kind: 'pastedCallback' },
  text: () => l10n.t('through the browser'),
  grant: (_method, credentials) => codeGrant(credentials),
  steps: async () => (await import('../signInBoxes')).browserSteps,
};

export function codeGrant({ code }: Credentials): Grant {
  if (code === undefined) {
    throw new Error('This sign-in needs the code from the browser.');
  }
  return authorizationCodeGrant(code);
}
