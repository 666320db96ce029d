import { displayHostOf } from '../../../core/base/displayText';
import { accountLabel } from '../../../core/model/account';
import type { Session } from '../../../core/model/session';
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

const copied: Readonly<Record<AddressForm, string>> = {
  address: 'Address copied',
  shell: 'RELTIO_URL copied',
  http: '@baseUrl copied',
  postman: 'File saved',
};

/** The message after an address was copied: as whom requests act, or what is missing until they do. Pure. */
export function addressNotice({ form, environment, session, sessions, ...facts }: Copied): AddressNotice {
  const name = environmentName(environment);
  const notes = [
    ...(environment.production ? ['Changes wait for your yes in VS Code.'] : []),
    ...(form === 'postman' ? ['It contains the key, so do not share or commit it.'] : []),
    ...(form === 'shell' && facts.isRemoteTerminal
      ? ['Use it in a terminal of this computer: those of this window run on another machine.']
      : []),
  ];
  const proxy = facts.passesNetworkProxy
    ? ['Set NO_PROXY=127.0.0.1 for your tools, or the proxy of your network gets the key.']
    : [];
  const notice = (how: AddressNotice['how'], what: string, button?: AddressNotice['button']): AddressNotice => ({
    how,
    message: [`${copied[form]}${what}`, ...notes, ...proxy].join(' '),
    button,
  });
  if (session !== undefined) {
    return notice('information', `: requests to ${name} act as ${accountLabel(session.account)}.`);
  }
  return hasSeveralAccounts(environment, sessions)
    ? notice('warning', `, but several accounts fit ${name}. Switch to the one that it should use.`, 'switchAccount')
    : notice(
        'warning',
        `, but nobody is signed in for ${name} at ${displayHostOf(environment.identityServer)} yet. Sign in first.`,
        'signIn',
      );
}
