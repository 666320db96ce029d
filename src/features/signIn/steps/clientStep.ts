import { documentedClient, type Client } from '../../../core/oauth/client';
import { displayText, displayHostOf } from '../../../core/base/displayText';
import { clientFromHeader, clientFromSecret, clientIdFrom } from '../enteredClient';
import * as helpPages from '../helpPages';
import { takesHeader } from '../pastedHeader';
import { back, type Back, type PickItem } from '../../../editor/prompt/prompt';
import type { SignInContext } from '../signInContext';
import type { Position, Step } from './steps';

/** A known client, or how the user enters one. */
type Choice = { readonly known: Client } | 'rejected' | 'type' | 'paste' | 'documented';

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
    const { isOther = false, isRejected = false } = draft.client ?? {};
    const rejected = isRejected ? clients.of(draft)?.id : undefined;
    const asking: Asking = { context, position, rejected };
    const isChosen = isOther || rejected !== undefined;
    const id = clients.requiredId ?? (isChosen ? undefined : clients.fixedId(draft));
    const client =
      id === undefined ? await chooseClient(asking, clients.list(draft)) : await askClientSecret(asking, id);
    if (client === back) {
      return back;
    }
    draft.client = { client, isOther };
    return 'next';
  },
};

interface Asking {
  readonly context: SignInContext;
  readonly position: Position;
  /** The id of the client that the identity server has just rejected. */
  readonly rejected: string | undefined;
}

/** What every box and list of this step has in common. */
function frameOf({ context: { title, draft }, position }: Asking) {
  return { ...position, title: title(draft.identityServer), help: helpPages.client };
}

function problemOf({ context: { draft }, rejected }: Asking): string | undefined {
  const host = displayHostOf(draft.identityServer ?? '');
  return rejected === undefined
    ? undefined
    : `${host} rejects client ${displayText(rejected)} or its secret. Enter it again.`;
}

async function chooseClient(asking: Asking, known: readonly Client[]): Promise<Client | Back> {
  const { context, rejected } = asking;
  const others = known.filter(({ id }) => id !== rejected);
  const items: PickItem<Choice>[] = [
    ...(rejected === undefined
      ? []
      : [
          { label: displayText(rejected), description: 'rejected: enter its secret again', value: 'rejected' as const },
        ]),
    ...others.map((client) => ({
      label: displayText(client.id),
      description: 'used before',
      value: { known: client },
    })),
    { label: 'Enter client id and secret', detail: 'Reltio sent them with your tenant', value: 'type' },
    { label: 'Paste the Basic header that Reltio sent', detail: 'It starts with "Basic"', value: 'paste' },
    {
      label: `Use ${documentedClient.id}`,
      detail: "The client printed in Reltio's documentation, the same for all users",
      value: 'documented',
    },
  ];
  const choice = await context.prompt.pick<Choice>({
    ...frameOf(asking),
    placeholder: problemOf(asking) ?? 'Which client do you sign in with?',
    items,
  });
  if (choice === back) {
    return back;
  }
  if (typeof choice === 'object') {
    return choice.known;
  }
  if (choice === 'documented') {
    return documentedClient;
  }
  const entered = await enter(choice, asking);
  return entered === back ? await chooseClient(asking, known) : entered;
}

async function enter(choice: 'rejected' | 'type' | 'paste', asking: Asking): Promise<Client | Back> {
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
    prompt: "Paste the Basic header. It is stored in VS Code's secret storage.",
    placeholder: 'Basic …',
    secret: true,
    links: [{ icon: 'edit', tooltip: 'Enter client id and secret instead', value: typeInstead }],
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
    prompt: 'Client id, or the whole Basic header that Reltio sent',
    value: draft.typedClientId ?? '',
    placeholder: 'Client id, such as acme_dev',
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
    prompt: `${problemOf(asking) ?? `Secret of client ${displayText(id)}.`} It is stored in VS Code's secret storage.`,
    placeholder: 'Client secret',
    secret: true,
    submit: (text) => Promise.resolve(clientFromSecret(id, text)),
  });
}
