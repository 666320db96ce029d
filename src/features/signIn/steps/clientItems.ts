import * as l10n from '@vscode/l10n';
import { displayText } from '../../../core/base/displayText';
import { documentedClient, type Client } from '../../../core/oauth/client';
import type { PickItem } from '../../../editor/prompt/prompt';
import type { SignInContext } from '../signInContext';
import type { Position } from './steps';

/** A known client, one whose id alone is known, or how the user enters one. */
export type ClientChoice =
  { readonly known: Client } | { readonly id: string } | 'rejected' | 'type' | 'paste' | 'documented';

/** What the question for a client depends on. */
export interface Asking {
  readonly context: SignInContext;
  readonly position: Position;
  /** The id of the client that the identity server has just rejected. */
  readonly rejected: string | undefined;
  /** Whether the client itself signs in, which the documented one cannot. */
  readonly isAccount: boolean;
}

/** Whether this client was chosen so before. One that was entered has no item of its own. */
export function isOf(
  client: Client | undefined,
  choice: ClientChoice,
  known: readonly PickItem<ClientChoice>[],
): boolean {
  if (client === undefined) {
    return false;
  }
  const isItem = ({ value }: PickItem<ClientChoice>): boolean => idIn(value) === client.id;
  return choice === 'type' ? client.id !== documentedClient.id && !known.some(isItem) : idIn(choice) === client.id;
}

function idIn(choice: ClientChoice): string | undefined {
  if (typeof choice === 'object') {
    return 'known' in choice ? choice.known.id : choice.id;
  }
  return choice === 'documented' ? documentedClient.id : undefined;
}

/** The clients whose id is known. */
export function clientItems({
  context: { clients, draft },
  rejected,
  isAccount,
}: Asking): readonly PickItem<ClientChoice>[] {
  const known = clients.list(draft).filter(({ id }) => id !== rejected && !(isAccount && id === documentedClient.id));
  const named = isAccount ? clients.fixedId(draft) : undefined; // otherwise only its secret is asked for
  const isNew = named !== undefined && named !== rejected && !known.some(({ id }) => id === named);
  const item = (id: string, description: string, value: ClientChoice) => ({
    label: displayText(id),
    description,
    value,
  });
  return [
    ...(rejected === undefined ? [] : [item(rejected, l10n.t('rejected: enter its secret again'), 'rejected')]),
    ...(isNew ? [item(named, l10n.t('named in your settings'), { id: named })] : []),
    ...known.map((client) => item(client.id, l10n.t('used before'), { known: client })),
  ];
}

/** How the user enters a client that is not among the known ones. */
export function entryItems(
  { isAccount }: Asking,
  known: readonly PickItem<ClientChoice>[],
): readonly PickItem<ClientChoice>[] {
  const isDocumented = ({ id, secret }: Client): boolean =>
    id === documentedClient.id && secret === documentedClient.secret;
  const isListed = known.some(
    ({ value }) => typeof value === 'object' && 'known' in value && isDocumented(value.known),
  );
  const documented: PickItem<ClientChoice> = {
    label: l10n.t('Use {0}', documentedClient.id),
    detail: l10n.t("The client printed in Reltio's documentation, the same for all users"),
    value: 'documented',
  };
  return [
    {
      label: l10n.t('Enter client id and secret'),
      detail: l10n.t('Reltio sent them with your tenant'),
      value: 'type',
    },
    {
      label: l10n.t('Paste the Basic header that Reltio sent'),
      detail: l10n.t('It starts with "Basic"'),
      value: 'paste',
    },
    ...(isAccount || isListed ? [] : [documented]),
  ];
}
