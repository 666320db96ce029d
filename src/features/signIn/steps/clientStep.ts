import { documentedClient, type Client } from '../../../core/oauth/client';
import { displayText, displayHostOf } from '../../../core/base/displayText';
import type { Draft } from '../draft';
import { clientFromHeader, clientFromSecret, clientIdFrom } from '../enteredClient';
import { helpPages } from '../helpPages';
import type { KnownClients } from '../knownClients';
import { takesHeader } from '../pastedHeader';
import { back, type Back, type PickItem, type Prompt } from '../../../editor/prompt/prompt';
import type { Position, Step } from './steps';

/** Whom a person can be as a client, and how to get there. */
type Choice = { readonly known: Client } | 'rejected' | 'type' | 'paste' | 'documented';

/** The person leaves the box for a Basic header, and enters what it holds. */
const byHand = Symbol('by hand');

/**
 * The client id and secret. Asked once for an identity server and client id; with one client known, it is used without
 * asking, and the user box has a button that leads back here.
 */
export function clientStep(prompt: Prompt, title: () => string, draft: Draft, clients: KnownClients): Step {
  return {
    applies: () => draft.isClientRejected === true || clients.of(draft) === undefined,
    async ask(position) {
      const rejected = draft.isClientRejected === true ? clients.of(draft)?.id : undefined;
      const asking: Asking = { draft, prompt, title: title(), position, rejected };
      const isChosen = draft.choosesClient === true || rejected !== undefined;
      const id = clients.requiredId ?? (isChosen ? undefined : clients.fixedId(draft));
      const client =
        id === undefined ? await chooseClient(asking, clients.list(draft)) : await askClientSecret(asking, id);
      if (client === back) {
        return back;
      }
      draft.client = client;
      delete draft.isClientRejected;
      return 'next';
    },
  };
}

interface Asking {
  readonly draft: Draft;
  readonly prompt: Prompt;
  readonly title: string;
  readonly position: Position;
  /** The id of the client that the identity server has just rejected. */
  readonly rejected: string | undefined;
}

function problemOf({ draft, rejected }: Asking): string | undefined {
  const host = displayHostOf(draft.identityServer ?? '');
  return rejected === undefined
    ? undefined
    : `${host} rejects client ${displayText(rejected)} or its secret. Enter it again.`;
}

async function chooseClient(asking: Asking, known: readonly Client[]): Promise<Client | Back> {
  const { prompt, title, position, rejected } = asking;
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
      detail: "The client printed in Reltio's documentation, the same for everybody",
      value: 'documented',
    },
  ];
  const choice = await prompt.pick<Choice>({
    ...position,
    title,
    placeholder: problemOf(asking) ?? 'Which client do you sign in with?',
    help: helpPages.client,
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

/** The same step, one box further: back leads to the box before. */
function below(asking: Asking): Asking {
  return { ...asking, position: { ...asking.position, canGoBack: true } };
}

async function pasteHeader(asking: Asking): Promise<Client | Back> {
  const { prompt, title, position } = asking;
  const pasted = await prompt.box<Client | typeof byHand>({
    ...position,
    canGoBack: true,
    title,
    prompt: 'Paste the Basic header. It goes to the secret storage of VS Code.',
    placeholder: 'Basic …',
    help: helpPages.client,
    secret: true,
    links: [{ icon: 'edit', tooltip: 'Enter client id and secret instead', value: byHand }],
    submit: (text) => Promise.resolve(clientFromHeader(text)),
  });
  if (pasted !== byHand) {
    return pasted;
  }
  const entered = await enterClient(asking);
  return entered === back ? await pasteHeader(asking) : entered;
}

async function enterClient(asking: Asking): Promise<Client | Back> {
  const { draft, prompt, title, position } = asking;
  const id = await prompt.box<string | Client>({
    ...position,
    canGoBack: true,
    title,
    prompt: 'Client id, or the whole Basic header that Reltio sent',
    value: draft.typedClientId ?? '',
    help: helpPages.client,
    placeholder: 'Client id, such as acme_dev',
    takes: takesHeader,
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
  const { prompt, title, position } = asking;
  return await prompt.box<Client>({
    ...position,
    title,
    prompt: `${problemOf(asking) ?? `Secret of client ${displayText(id)}.`} It goes to the secret storage of VS Code.`,
    placeholder: 'Client secret',
    help: helpPages.client,
    secret: true,
    submit: (text) => Promise.resolve(clientFromSecret(id, text)),
  });
}
