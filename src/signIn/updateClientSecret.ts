import { isFailure } from '../oauth/failure';
import type { ClientStore } from '../sessions/clientStore';
import type { Session } from '../sessions/session';
import type { Sessions } from '../sessions/sessions';
import { describe } from '../support/messages';
import { clientSecretFrom } from './clientStep';
import type { Prompt, Submitted } from './prompt';

/** Asks for the secret of a session's client, and keeps the box open until the identity server takes it. */
export async function updateClientSecret(
  session: Session,
  { prompt, clients, sessions }: { prompt: Prompt; clients: ClientStore; sessions: Sessions },
): Promise<void> {
  const { identityServer, clientId } = session.account;
  const submit = async (text: string): Promise<Submitted<true>> => {
    const entered = clientSecretFrom(clientId, text);
    if (entered.kind === 'refused') {
      return entered;
    }
    const { secret } = entered.value;
    const before = await clients.find(identityServer, clientId);
    await clients.save(identityServer, { id: clientId, secret });
    try {
      await sessions.refreshNow(session.id);
    } catch (error) {
      if (isFailure(error) && error.code === 'signInAgain') {
        return { kind: 'accepted', value: true }; // the server took the client and refused the refresh token
      }
      if (before !== undefined && session.state !== 'clientRejected') {
        await clients.save(identityServer, before); // not proven: the one from before may be good
      }
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
