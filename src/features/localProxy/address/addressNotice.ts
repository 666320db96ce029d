import * as l10n from '@vscode/l10n';
import { displayHostOf } from '../../../core/base/displayText';
import { accountLabel } from '../../../core/model/account';
import type { Session } from '../../../core/model/session';
import { sentences } from '../../../editor/messages/sentences';
import type { Environment } from '../../../editor/settings/environments';
import { environmentName } from '../../../editor/settings/environmentsOf';
import type { AddressForm } from './addressForms';
import { hasSeveralAccounts } from './addressItems';

export interface AddressNotice {
  readonly how: 'information' | 'warning';
  readonly message: string;
  /** What the user needs before the address works. */
  readonly button: 'signIn' | 'switchAccount' | undefined;
}

interface Copied {
  readonly form: AddressForm;
  readonly environment: Environment;
  /** Whose token requests get; undefined if there is none. */
  readonly session: Session | undefined;
  /** All that are signed in. */
  readonly sessions: readonly Session[];
  /** Whether the terminals of this window run on another machine than the local proxy. */
  readonly isRemoteTerminal: boolean;
  /** Whether tools would send the key to a proxy of the network. */
  readonly passesNetworkProxy: boolean;
}

/** What was copied, with what follows from it for requests. `name` and `who` can be shown as they are. */
interface Outcomes {
  readonly works: (name: string, who: string) => string;
  readonly hasSeveral: (name: string) => string;
  readonly hasNone: (name: string, host: string) => string;
}

const outcomes: Readonly<Record<AddressForm, Outcomes>> = {
  address: {
    works: (name, who) => l10n.t('Address copied: requests to {0} act as {1}.', name, who),
    hasSeveral: (name) =>
      l10n.t('Address copied, but several accounts fit {0}. Switch to the one that it should use.', name),
    hasNone: (name, host) =>
      l10n.t('Address copied, but nobody is signed in for {0} at {1} yet. Sign in first.', name, host),
  },
  shell: {
    works: (name, who) => l10n.t('RELTIO_URL copied: requests to {0} act as {1}.', name, who),
    hasSeveral: (name) =>
      l10n.t('RELTIO_URL copied, but several accounts fit {0}. Switch to the one that it should use.', name),
    hasNone: (name, host) =>
      l10n.t('RELTIO_URL copied, but nobody is signed in for {0} at {1} yet. Sign in first.', name, host),
  },
  http: {
    works: (name, who) => l10n.t('@baseUrl copied: requests to {0} act as {1}.', name, who),
    hasSeveral: (name) =>
      l10n.t('@baseUrl copied, but several accounts fit {0}. Switch to the one that it should use.', name),
    hasNone: (name, host) =>
      l10n.t('@baseUrl copied, but nobody is signed in for {0} at {1} yet. Sign in first.', name, host),
  },
  postman: {
    works: (name, who) => l10n.t('File saved: requests to {0} act as {1}.', name, who),
    hasSeveral: (name) =>
      l10n.t('File saved, but several accounts fit {0}. Switch to the one that it should use.', name),
    hasNone: (name, host) =>
      l10n.t('File saved, but nobody is signed in for {0} at {1} yet. Sign in first.', name, host),
  },
};

/** The message after an address was copied: as whom requests act, or what is missing until they do. Pure. */
export function addressNotice({ form, environment, session, sessions, ...facts }: Copied): AddressNotice {
  const name = environmentName(environment);
  const notice = (how: AddressNotice['how'], what: string, button?: AddressNotice['button']): AddressNotice => ({
    how,
    message: sentences(
      what,
      environment.production && l10n.t('Changes wait for your yes in VS Code.'),
      form === 'postman' && l10n.t('It contains the key, so do not share or commit it.'),
      form === 'shell' &&
        facts.isRemoteTerminal &&
        l10n.t('Use it in a terminal of this computer: those of this window run on another machine.'),
      facts.passesNetworkProxy &&
        l10n.t('Set NO_PROXY=127.0.0.1 for your tools, or the proxy of your network gets the key.'),
    ),
    button,
  });
  const { works, hasSeveral, hasNone } = outcomes[form];
  if (session !== undefined) {
    return notice('information', works(name, accountLabel(session.account)));
  }
  return hasSeveralAccounts(environment, sessions)
    ? notice('warning', hasSeveral(name), 'switchAccount')
    : notice('warning', hasNone(name, displayHostOf(environment.identityServer)), 'signIn');
}
