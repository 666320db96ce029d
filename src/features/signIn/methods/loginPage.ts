import * as l10n from '@vscode/l10n';
import * as v from 'valibot';
import { codeGrant } from './browser';
import type { Method } from './method';

const schema = v.object({
  kind: v.literal('loginPage'),
  registersClient: v.literal(true),
  /** The origin of the environment that announced the page. */
  environment: v.exactOptional(v.pipe(v.string(), v.nonEmpty())),
});

/** Reltio's login page, found through an environment. It needs no client of the user's. */
export const loginPage: Method<v.InferOutput<typeof schema>> = {
  kind: 'loginPage',
  schema,
  renewal: 'refreshToken',
  signsIn: 'user',
  opensBrowser: 'returns',
  label: () => l10n.t('Login page'),
  detail: () => l10n.t("Reltio's login page in your browser, with single sign-on or a password; needs no client"),
  help: 'loginPage',
  initial: { kind: 'loginPage', registersClient: true },
  text: () => l10n.t("on Reltio's login page"),
  grant: (_method, credentials) => codeGrant(credentials),
  steps: async () => (await import('../signInBoxes')).loginPageSteps,
};
