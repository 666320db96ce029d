import * as l10n from '@vscode/l10n';
import { documentedClient, type Client } from '../../../core/oauth/client';
import { displayText, displayHostOf } from '../../../core/base/displayText';
import { clientFromHeader, clientFromSecret, clientIdFrom } from '../enteredClient';
import * as helpPages from '../helpPages';
import { takesHeader } from '../pastedHeader';
import { sentences } from '../../../editor/messages/sentences';
import { back, type Back } from '../../../editor/prompt/prompt';
import type { SignInContext } from '../signInContext';
import { clientItems, entryItems, isOf, type Asking, type ClientChoice } from './clientItems';
import type { Step } from './steps';

/** The user leaves the box for a Basic header to type the client id and secret instead. */
const typeInstead = Symbol('type instead');

/**
 * Asks for the client id and secret, once for each identity server. If only one client is known, it is used without asking.
 * A button in the box for the user name leads back to this step.
 */
export const clientStep: Step = {
  answers: ['client'],
  dependsOn: ['identityServer'],
  applies: ({ draft, clients }) => draft.client?.isRejected === true || clients.of(draft) === undefined,
  async ask(context, position) {
    const { draft, clients } = context;
    const { isOther = false } = draft.client ?? {};
    const asking: Asking = { context, position, rejected: rejectedIn(context), isAccount: false };
    const isChosen = isOther || asking.rejected !== undefined;
    const id = clients.requiredId ?? (isChosen ? undefined : clients.fixedId(draft));
    return await answer(asking, id);
  },
};

/** Asks which client signs in itself. It is asked each time, because the client is the account. */
export const clientAccountStep: Step = {
  answers: ['client'],
  dependsOn: ['identityServer', 'method'],
  applies: ({ draft, clients }) =>
    draft.client?.isRejected === true || clients.requiredId === undefined || clients.of(draft) === undefined,
  async ask(context, position) {
    return await answer(
      { context, position, rejected: rejectedIn(context), isAccount: true },
      context.clients.requiredId,
    );
  },
};

async function answer(asking: Asking, id: string | undefined): Promise<'next' | Back> {
  const { draft } = asking.context;
  const client = id === undefined ? await chooseClient(asking) : await askClientSecret(asking, id);
  if (client === back) {
    return back;
  }
  draft.client = { client, isOther: draft.client?.isOther ?? false };
  return 'next';
}

/** The id of the client that the identity server has just rejected. */
function rejectedIn({ draft, clients }: SignInContext): string | undefined {
  return draft.client?.isRejected === true ? clients.of(draft)?.id : undefined;
}

/** What every box and list of this step has in common. */
function frameOf({ context: { title, draft }, position }: Asking) {
  return { ...position, title: title(draft.identityServer), help: helpPages.client };
}

function problemOf({ context: { draft }, rejected }: Asking): string | undefined {
  const host = displayHostOf(draft.identityServer ?? '');
  return rejected === undefined
    ? undefined
    : l10n.t('{0} rejects client {1} or its secret. Enter it again.', host, displayText(rejected));
}

async function chooseClient(asking: Asking): Promise<Client | Back> {
  const known = clientItems(asking);
  const choice = await asking.context.prompt.pick<ClientChoice>({
    ...frameOf(asking),
    placeholder: problemOf(asking) ?? l10n.t('Which client do you sign in with?'),
    wasChosen: (choice) => asking.rejected === undefined && isOf(asking.context.draft.client?.client, choice, known),
    items: [...known, ...entryItems(asking, known)],
  });
  if (choice === back) {
    return back;
  }
  if (typeof choice === 'object' && 'known' in choice) {
    return choice.known;
  }
  if (choice === 'documented') {
    return documentedClient;
  }
  const entered = await enter(choice, asking);
  return entered === back ? await chooseClient(asking) : entered;
}

async function enter(
  choice: { readonly id: string } | 'rejected' | 'type' | 'paste',
  asking: Asking,
): Promise<Client | Back> {
  if (typeof choice === 'object') {
    return await askClientSecret(below(asking), choice.id);
  }
  switch (choice) {
    case 'rejected':
      return await askClientSecret(below(asking), asking.rejected ?? '');
    case 'paste':
      return await pasteHeader(asking);
    case 'type':
      return await enterClient(asking);
  }
}

/** The same step, one box further: Back leads to the box before. */
function below(asking: Asking): Asking {
  return { ...asking, position: { ...asking.position, canGoBack: true } };
}

async function pasteHeader(asking: Asking): Promise<Client | Back> {
  const pasted = await asking.context.prompt.box<Client | typeof typeInstead>({
    ...frameOf(below(asking)),
    prompt: l10n.t("Paste the Basic header. It is stored in VS Code's secret storage."),
    placeholder: 'Basic …',
    secret: true,
    links: [{ icon: 'edit', tooltip: l10n.t('Enter client id and secret instead'), value: typeInstead }],
    submit: (text) => Promise.resolve(clientFromHeader(text)),
  });
  if (pasted !== typeInstead) {
    return pasted;
  }
  const entered = await enterClient(asking);
  return entered === back ? await pasteHeader(asking) : entered;
}

async function enterClient(asking: Asking): Promise<Client | Back> {
  const { draft, prompt } = asking.context;
  const id = await prompt.box<string | Client>({
    ...frameOf(below(asking)),
    prompt: l10n.t('Client id, or the whole Basic header that Reltio sent'),
    value: draft.typedClientId ?? '',
    placeholder: l10n.t('Client id, such as acme_dev'),
    inputKind: takesHeader,
    submit: (text) => Promise.resolve(clientIdFrom(text)),
  });
  if (id === back || typeof id === 'object') {
    return id;
  }
  draft.typedClientId = id;
  const client = await askClientSecret({ ...below(asking), rejected: undefined }, id);
  return client === back ? await enterClient(asking) : client;
}

async function askClientSecret(asking: Asking, id: string): Promise<Client | Back> {
  return await asking.context.prompt.box<Client>({
    ...frameOf(asking),
    prompt: sentences(
      problemOf(asking) ?? l10n.t('Secret of client {0}.', displayText(id)),
      l10n.t("It is stored in VS Code's secret storage."),
    ),
    placeholder: l10n.t('Client secret'),
    secret: true,
    submit: (text) => Promise.resolve(clientFromSecret(id, text)),
  });
}
