import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { Failure, isFailure } from '../../core/base/failure';
import { failureTable } from '../../core/base/failureTable';
import type { Clock } from '../../core/base/clock';
import type { ClientStore } from '../../core/storage/clientStore';
import { displayText, displayHostOf } from '../../core/base/displayText';
import { clientIdOf, type Session } from '../../core/model/session';
import type { Sessions } from '../../core/sessions/sessions';
import { clientFromSecret } from './enteredClient';
import * as helpPages from './helpPages';
import type { ConfirmedHosts } from '../../editor/confirmedHosts';
import { agreesToHost, foreignHost } from './hostConsent';
import type { Prompt, Submitted } from '../../editor/prompt/prompt';

export { confirmedHosts } from '../../editor/confirmedHosts'; // loaded together

export interface UpdateParts {
  readonly prompt: Prompt;
  readonly clients: ClientStore;
  readonly sessions: Sessions;
  readonly confirmedHosts: ConfirmedHosts;
  readonly clock: Pick<Clock, 'now'>;
}

/**
 * Asks for the secret of a session's client, and keeps the box open until the identity server accepts it.
 *
 * @throws {Failure} `cancelled` when the user leaves; then nothing has changed
 */
export async function updateClientSecret(session: Session, parts: UpdateParts): Promise<void> {
  const { prompt, clients, sessions, confirmedHosts, clock } = parts;
  const { identityServer } = session.account;
  const clientId = clientIdOf(session);
  // The session may come from another profile, which has its own list of confirmed hosts.
  if (!(await agreesToHost(identityServer, prompt, confirmedHosts))) {
    throw new Failure('cancelled');
  }
  if ((await clients.find(identityServer, clientId))?.registeredFor !== undefined) {
    throw new Failure('signInAgain'); // it has no secret that the user could know; a sign-in registers another client
  }
  const host = displayHostOf(identityServer);
  const client = displayText(clientId);
  let rejectedTries = 0;
  let lastTry: Promise<unknown> | undefined;
  const submit = async (text: string): Promise<Submitted<true>> => {
    const entered = clientFromSecret(clientId, text);
    if (entered.kind === 'refused') {
      return entered;
    }
    const readAt = clock.now();
    const before = await clients.find(identityServer, clientId);
    const place = before?.authentication === undefined ? {} : { authentication: before.authentication };
    await clients.save(identityServer, { ...entered.value, ...place });
    try {
      await sessions.refreshNow(session.id, 'newSecret');
    } catch (error) {
      if (isFailure(error) && failureTable[(isFailure(error.cause) ? error.cause : error).code].provesClient) {
        return { kind: 'accepted', value: true };
      }
      const isRejected = isFailure(error) && error.code === 'clientRejected';
      if (before !== undefined && session.state !== 'clientRejected') {
        await clients.save(identityServer, before, readAt); // nothing proves that the new secret is right, and the old one may be
        rejectedTries += isRejected ? 1 : 0;
      }
      if (isRejected) {
        const sentence = l10n.t(
          '{0} does not accept this secret of client {1}. Check it and enter it again.',
          host,
          client,
        );
        return { kind: 'refused', sentence, clear: true };
      }
      throw error;
    }
    return { kind: 'accepted', value: true };
  };
  try {
    await prompt.box({
      title:
        foreignHost(identityServer) === undefined
          ? l10n.t('Update the client secret')
          : l10n.t('Update the client secret at {0}', host),
      step: 1,
      totalSteps: 1,
      canGoBack: false,
      prompt: l10n.t("Secret of client {0} at {1}. It is stored in VS Code's secret storage.", client, host),
      placeholder: l10n.t('Client secret'),
      help: helpPages.client,
      secret: true,
      submit: (text) => {
        const trying = submit(text);
        lastTry = trying;
        return trying;
      },
    });
  } catch (error) {
    await lastTry?.catch(() => undefined); // the user may leave before the identity server answers
    if (rejectedTries > 0) {
      // The session's client is now marked as rejected. Only the server knows whether the old secret is right.
      await sessions.refreshNow(session.id, 'newSecret').catch(() => undefined);
    }
    throw error;
  }
  void vscode.window.showInformationMessage(l10n.t('Client secret updated. {0} accepts it.', host));
}
