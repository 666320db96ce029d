import * as vscode from 'vscode';
import type { Core } from '../../core/core';
import { contextKeys } from '../../editor/commandIds';
import { contextKey } from '../../editor/contextKey';
import type { Host } from '../../editor/host';
import { sentenceFor } from '../../editor/messages/lateMessages';
import { providerId } from '../../editor/providerId';
import { AuthenticationProvider } from './authenticationProvider';
import { reportRejectedCommand } from './reportRejected';

/** VS Code before 1.105 ignores `supportsChallenges`. */
const options = { supportsMultipleAccounts: true, supportsChallenges: true };

/** Reltio in VS Code's authentication API. */
export function register(core: Core, host: Host): vscode.Disposable {
  const { sessions, onDidChangeSessions, clock, log } = core;
  const { signIn, settings, offerRemedy, noticeOutdated, seam } = host;
  const hasAsked = contextKey(contextKeys.extensionAsked);
  const provider = new AuthenticationProvider({
    sessions,
    onDidChangeSessions,
    signIn,
    readSettings: () => settings.read(),
    offerRemedy,
    noticeOutdated,
    sentenceFor,
    asked: () => {
      hasAsked(true);
    },
    clock,
    log,
    report: (accessToken) => core.reportRejected(accessToken, 'checkFirst'),
    loadPrompting: () => import('./requestedSignIn'),
    loadChallenges: () => import('./challenges'),
  });
  if (seam !== undefined) {
    provider.onDidChangeSessions(({ added, removed, changed }) => {
      seam.announced.push({ added: ids(added), removed: ids(removed), changed: ids(changed) });
    });
  }
  return vscode.Disposable.from(
    vscode.authentication.registerAuthenticationProvider(providerId, 'Reltio', provider, options),
    provider,
    reportRejectedCommand({ report: core.reportRejected }, offerRemedy),
  );
}

function ids(sessions: readonly vscode.AuthenticationSession[] = []): string[] {
  return sessions.map(({ id }) => id);
}
