import { isFailure } from '../oauth/failure';
import type { ClientStore } from '../sessions/clientStore';
import type { Session } from '../sessions/session';
import type { Sessions } from '../sessions/sessions';
import { describe } from '../support/messages';
import { parseBasicHeader } from '../oauth/client';
import type { Prompt, Submitted } from './prompt';

/** Asks for the secret of a session's client, and keeps the box open until the identity server takes it. */
export async function updateClientSecret(
  session: Session,
  { prompt, clients, sessions }: { prompt: Prompt; clients: ClientStore; sessions: Sessions },
): Promise<void> {
  const { identityServer, clientId } = session.account;
  const submit = async (text: string): Promise<Submitted<true>> => {
    const pasted = parseBasicHeader(text);
    const secret = pasted?.id === clientId ? pasted.secret : text.trim();
    if (secret === '') {
      return { kind: 'refused', sentence: 'Enter the client secret.' };
    }
    await clients.save(identityServer, { id: clientId, secret });
    try {
      await sessions.refreshNow(session.id);
    } catch (error) {
      if (isFailure(error) && error.code === 'clientRejected') {
        return { kind: 'refused', sentence: describe(error), clear: true };
      }
      throw error;
    }
    return { kind: 'accepted', value: true };
  };
  await prompt.box({
    title: 'Update the client secret',
    step: 1,
    totalSteps: 1,
    canGoBack: false,
    prompt: `Secret of client ${clientId} at ${new URL(identityServer).host}. It goes to the secret storage of VS Code.`,
    placeholder: 'Client secret',
    secret: true,
    submit,
  });
}
