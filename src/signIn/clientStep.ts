import { documentedClient, looksLikeBasicHeader, parseBasicHeader, type Client } from '../oauth/client';
import type { Draft } from './draft';
import { helpPages } from './helpPages';
import type { KnownClients } from './knownClients';
import { headerIn, takesHeader } from './pastedHeader';
import { back, type Back, type PickItem, type Prompt, type Submitted } from './prompt';
import type { Position, Step } from './steps';

/** Whom a person can be as a client, and how to get there. */
type Choice = { readonly known: Client } | 'type' | 'paste' | 'documented';

const unreadableHeader =
  'This is not a Basic header. Paste all of it, such as "Basic cmVsdGlv…", as Reltio sent it to you.';

/**
 * The client id and secret. Asked once for an identity server and client id; with one client known, it is used without
 * asking, and the user box has a button that leads back here.
 */
export function clientStep(prompt: Prompt, title: string, draft: Draft, clients: KnownClients): Step {
  return {
    name: 'client',
    applies: () => clients.of(draft) === undefined,
    async ask(position) {
      const asking: Asking = { draft, prompt, title, position, problem: draft.clientProblem };
      const id = clients.requiredId ?? (draft.choosesClient === true ? undefined : clients.fixedId(draft));
      const client =
        id === undefined ? await chooseClient(asking, clients.list(draft)) : await askClientSecret(asking, id);
      if (client === back) {
        return back;
      }
      draft.client = client;
      delete draft.clientProblem;
      return 'next';
    },
  };
}

interface Asking {
  readonly draft: Draft;
  readonly prompt: Prompt;
  readonly title: string;
  readonly position: Position;
  readonly problem: string | undefined;
}

async function chooseClient(asking: Asking, known: readonly Client[]): Promise<Client | Back> {
  const { prompt, title, position, problem } = asking;
  const items: PickItem<Choice>[] = [
    ...known.map((client) => ({ label: client.id, description: 'used before', value: { known: client } })),
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
    placeholder: problem ?? 'Which client do you sign in with?',
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
  const entered = choice === 'paste' ? await pasteHeader(asking) : await enterClient(asking);
  return entered === back ? await chooseClient(asking, known) : entered;
}

function pasteHeader({ prompt, title, position }: Asking): Promise<Client | Back> {
  return prompt.box<Client>({
    ...position,
    canGoBack: true,
    title,
    prompt: 'Paste the Basic header. It goes to the secret storage of VS Code.',
    placeholder: 'Basic …',
    help: helpPages.client,
    secret: true,
    submit: (text) => Promise.resolve(headerOr(text, unreadableHeader)),
  });
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
    placeholder: documentedClient.id,
    takes: takesHeader,
    submit: (text) => Promise.resolve(clientIdFrom(text)),
  });
  if (id === back || typeof id === 'object') {
    return id;
  }
  draft.typedClientId = id;
  const client = await askClientSecret({ ...asking, position: { ...position, canGoBack: true } }, id);
  return client === back ? await enterClient(asking) : client;
}

function clientIdFrom(text: string): Submitted<string | Client> {
  const client = headerIn(text);
  if (client !== undefined) {
    return { kind: 'accepted', value: client };
  }
  if (looksLikeBasicHeader(text)) {
    return { kind: 'refused', sentence: unreadableHeader, clear: true };
  }
  const id = text.trim();
  return /^[\x21-\x39\x3B-\x7E]+$/.test(id)
    ? { kind: 'accepted', value: id }
    : { kind: 'refused', sentence: 'Enter the client id: one word without a colon.' };
}

async function askClientSecret(asking: Asking, id: string): Promise<Client | Back> {
  const { prompt, title, position, problem } = asking;
  return await prompt.box<Client>({
    ...position,
    title,
    prompt: [problem, `Secret of client ${id}. It goes to the secret storage of VS Code.`].filter(Boolean).join(' '),
    placeholder: 'Client secret',
    help: helpPages.client,
    secret: true,
    submit: (text) => Promise.resolve(clientSecretFrom(id, text)),
  });
}

/** A secret as people enter it: bare, or inside the whole Basic header of that client. */
export function clientSecretFrom(id: string, text: string): Submitted<Client> {
  const secret = text.trim();
  if (secret === '') {
    return { kind: 'refused', sentence: 'Enter the client secret.' };
  }
  if (looksLikeBasicHeader(secret)) {
    const pasted = parseBasicHeader(secret);
    return pasted?.id === id
      ? { kind: 'accepted', value: pasted }
      : { kind: 'refused', sentence: `This Basic header is not one for client ${id}. Enter the secret of ${id}.` };
  }
  return { kind: 'accepted', value: { id, secret } };
}

function headerOr(text: string, sentence: string): Submitted<Client> {
  const client = parseBasicHeader(text);
  return client === undefined ? { kind: 'refused', sentence } : { kind: 'accepted', value: client };
}
