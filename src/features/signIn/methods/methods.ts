import type { SignInMethod } from '../../../core/model/session';
import { helpPages } from '../helpPages';

/** A way to sign in, as it is offered. */
export interface OfferedMethod {
  readonly kind: SignInMethod['kind'];
  readonly label: string;
  readonly detail: string;
  /** Asks which identity provider holds the password. */
  readonly asksIdentityProvider: boolean;
  /** What the password box says. */
  readonly secretPrompt: string;
  readonly secretPlaceholder: string;
  readonly help: string;
}

export const methods: readonly [OfferedMethod, ...OfferedMethod[]] = [
  {
    kind: 'password',
    label: 'Password',
    detail: 'Your Reltio user name and password, and a one-time code if your account has one',
    asksIdentityProvider: false,
    secretPrompt: 'Your Reltio password.',
    secretPlaceholder: 'Password',
    help: helpPages.password,
  },
  {
    kind: 'identityProvider',
    label: 'Password at another identity provider',
    detail: 'Your user name and password at Salesforce, for example',
    asksIdentityProvider: true,
    secretPrompt: 'Your password at that identity provider, or an access token it issued (several KB are fine).',
    secretPlaceholder: 'Password or access token',
    help: helpPages.identityProvider,
  },
];

/** The one `idp_system` that Reltio documents. */
export const documentedIdpSystem = 'salesforce';

export function offeredMethod(kind: SignInMethod['kind']): OfferedMethod {
  return methods.find((method) => method.kind === kind) ?? methods[0];
}
