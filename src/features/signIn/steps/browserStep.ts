import * as l10n from '@vscode/l10n';
import { displayHostOf, displayText } from '../../../core/base/displayText';
import { Failure, isFailure } from '../../../core/base/failure';
import type { SsoCheck } from '../../../core/browserSignIn/ssoCheck';
import type { Client } from '../../../core/oauth/client';
import { back } from '../../../editor/prompt/prompt';
import { askBrowser } from '../browser/browserBox';
import type { BrowserRoute } from '../browser/browserVisit';
import { onceMore } from '../browser/onceMore';
import { agreesToHost, nothingSentText } from '../hostConsent';
import { attemptOf, methodInUse, type SignInContext } from '../signInContext';
import { withSignedInUser } from '../browser/signedInUser';
import { tenantOf } from '../browser/tenants';
import { clientStep } from './clientStep';
import type { Step } from './steps';
import { tenantStep } from './tenantStep';

const otherTenant = Symbol('other tenant');
const otherClient = Symbol('other client');

/** Signs in on the identity server's own page. */
export const browserStep: Step = {
  answers: ['answer', 'signInOnceMore'],
  applies: ({ draft }) => draft.answer?.kind !== 'signedIn',
  async ask(context, position) {
    const { draft, clients } = context;
    const { identityServer } = draft;
    const [client, tenant] = [clients.of(draft), tenantOf(context)];
    if (identityServer === undefined || client === undefined || tenant === undefined) {
      throw new Failure('clientUnknown');
    }
    const answer = await askBrowser<typeof otherTenant | typeof otherClient>(
      context,
      position,
      singleSignOnRoute(context, { identityServer, client, tenant }),
      {
        where: { host: displayHostOf(identityServer), tenant: displayText(tenant) },
        links: [
          {
            icon: 'organization',
            tooltip: l10n.t('Use a tenant other than {0}', displayText(tenant)),
            value: otherTenant,
          },
          { icon: 'key', tooltip: l10n.t('Use a client other than {0}', displayText(client.id)), value: otherClient },
        ],
      },
    );
    if (answer === back) {
      return back;
    }
    if (answer === otherTenant) {
      draft.tenant = {};
      return { goTo: tenantStep };
    }
    if (answer === otherClient) {
      draft.client = { isOther: true };
      return { goTo: clientStep };
    }
    if (isFailure(answer)) {
      draft.client = { ...draft.client, client, isRejected: true };
      return { goTo: clientStep };
    }
    Object.assign(draft, { answer, ...onceMore(browserStep, context, answer) });
    return 'next';
  },
};

interface SingleSignOnAt {
  readonly identityServer: string;
  readonly client: Client;
  readonly tenant: string;
}

function singleSignOnRoute(context: SignInContext, at: SingleSignOnAt): BrowserRoute {
  const { browser } = context;
  const { identityServer, client, tenant } = at;
  const redirectUri = browser.redirect.address;
  return {
    async begin(signal) {
      if (!(await agreesToHost(redirectUri, context.prompt, context.confirmedHosts))) {
        return { refused: nothingSentText(redirectUri) }; // without PKCE, the code there is as good as a token
      }
      const { singleSignOn } = await import('../../../core/browserSignIn/browserSignIn');
      const parts = { identityServer, tenant, clientId: client.id, redirectUri };
      const { request, check } = await singleSignOn(browser, parts, signal);
      const refused = checkText(check, at, redirectUri);
      return { request, ...(refused === undefined ? {} : { refused }) };
    },
    async redeem({ codeVerifier }, code, signal) {
      const method = { kind: methodInUse(context).kind, tenant };
      const proof = { code, redirectUri, ...(codeVerifier === undefined ? {} : { codeVerifier }) };
      const answer = await attemptOf(context).send(method, { code: proof }, signal);
      if (answer.kind !== 'signedIn') {
        throw new Failure('badAnswer', { host: new URL(identityServer).host });
      }
      return await withSignedInUser(context, answer, [client], signal);
    },
  };
}

/** Why the browser is not opened: it would only show an error, or a page that asks for something else. */
function checkText(check: SsoCheck, at: SingleSignOnAt, redirectUri: string): string | undefined {
  const tenant = displayText(at.tenant);
  switch (check) {
    case 'native':
      return l10n.t(
        'The users of tenant {0} sign in with a Reltio password, not with single sign-on. Sign in with "{1}" or with ' +
          '"{2}", or use another tenant.',
        tenant,
        l10n.t('Password'),
        l10n.t('Login page'),
      );
    case 'refused':
      return l10n.t(
        '{0} does not accept tenant {1}, client {2} and ' +
          '{3} together. Use another tenant or client with the buttons above, or ask your Reltio ' +
          'administrator to allow them.',
        displayHostOf(at.identityServer),
        tenant,
        displayText(at.client.id),
        displayText(redirectUri),
      );
    case 'sso':
    case 'unknown':
      return undefined;
  }
}
