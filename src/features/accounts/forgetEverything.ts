import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { isFailure } from '../../core/base/failure';
import type { Core } from '../../core/core';
import { removeFolders } from '../../core/forgetting/removeFolders';
import { localProxyKey } from '../../core/localProxy/storedNames';
import { accountLabel } from '../../core/model/account';
import type { Session } from '../../core/model/session';
import type { SignOutOutcome } from '../../core/sessions/signOut';
import { commandIds } from '../../editor/commandIds';
import type { Host } from '../../editor/host';
import type { StorageFolders } from '../../editor/storageFolders';
import { whatHappened } from '../../editor/messages/messages';
import { passphraseKey } from '../../editor/passphrase';

/**
 * Removes all that this extension has stored: for a user who leaves, or hands the machine on. It always asks in a modal,
 * because any program can run the command, and nothing of it can be taken back.
 *
 * @param emptyMemories empties what VS Code remembers, after the stored sessions are gone
 * @throws {Failure} when not everything could be removed
 */
export async function forgetEverything(core: Core, host: Host, emptyMemories: () => Promise<void>): Promise<void> {
  const sessions = await readable(core);
  const prompt = await host.loadPrompt();
  const forget = l10n.t('Forget Everything');
  const revokeToo = l10n.t('Revoke and Forget');
  const choice = await prompt.choose({
    message: l10n.t('Forget everything that Reltio Authentication has stored?'),
    detail: detailText(
      sessions.map(({ account }) => accountLabel(account)),
      forget,
      revokeToo,
    ),
    no: l10n.t('Keep Everything'),
    choices: sessions.length === 0 ? [forget] : [forget, revokeToo],
  });
  if (choice === undefined) {
    return;
  }
  const { outcomes, isClean } = await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Window, title: l10n.t('Reltio: forgetting everything') },
    async () => {
      await host.endUses();
      // A session that cannot be signed out is forgotten all the same.
      const signingOut = choice === revokeToo ? sessions.map(({ id }) => core.sessions.signOut(id, 'atReltioToo')) : [];
      const signedOut = await Promise.allSettled(signingOut);
      await core.forget([passphraseKey, localProxyKey]);
      await emptyMemories();
      await core.settled(); // the history is written later
      const isHistoryGone = await core.history.forget().then(
        () => true,
        () => false,
      );
      const areFoldersGone = await removeFolders(host.folders === undefined ? [] : foldersOf(host.folders));
      return { outcomes: signedOut.map(outcomeOf), isClean: isHistoryGone && areFoldersGone };
    },
  );
  core.log.info('forgotten: everything', { count: sessions.length });
  if (host.copied.current !== undefined) {
    await vscode.commands.executeCommand(commandIds.clearCopiedToken);
  }
  show(sessions, outcomes, isClean);
}

function foldersOf({ locks, calls, journal }: StorageFolders): readonly string[] {
  return [locks, calls, journal];
}

/** What cannot be read is forgotten too, so only a storage that does not answer is a reason to stop. */
async function readable({ sessions }: Core): Promise<readonly Session[]> {
  try {
    return await sessions.usable('always');
  } catch (error) {
    if (isFailure(error) && error.code === 'storeNewer') {
      return [];
    }
    throw error;
  }
}

function detailText(accounts: readonly string[], forget: string, revokeToo: string): string {
  const stays = l10n.t('Your settings stay. This cannot be undone.');
  if (accounts.length === 0) {
    const removed = l10n.t(
      'No account is signed in. This removes stored client secrets, the passphrase of a client certificate, the key of the local proxy (which stops), the command reltio-token of terminals, what you have allowed, and everything that is remembered about sign-ins.',
    );
    return `${removed} ${stays}`;
  }
  const removed = l10n.t(
    'All VS Code windows are signed out ({0}). Also removed: stored client secrets, the passphrase of a client certificate, the key of the local proxy (which stops), the command reltio-token of terminals, what you have allowed, and everything that is remembered about sign-ins.',
    accounts.join(', '),
  );
  const difference = l10n.t(
    '"{0}" leaves the tokens valid at Reltio until they expire. "{1}" also revokes them at once; other tools that use these logins may be signed out too.',
    forget,
    revokeToo,
  );
  return `${removed} ${stays}\n\n${difference}`;
}

type AtReltio = SignOutOutcome['atReltio'] | 'unknown';

function outcomeOf(settled: PromiseSettledResult<SignOutOutcome | undefined>): AtReltio {
  return settled.status === 'fulfilled' ? (settled.value?.atReltio ?? 'notAsked') : 'unknown';
}

/** The outcome comes first: VS Code collapses a message without buttons to one line. */
function show(sessions: readonly Session[], outcomes: readonly AtReltio[], isClean: boolean): void {
  const failed = sessions.flatMap(({ account }, index) => {
    const outcome = outcomes[index];
    if (outcome === 'unknown') {
      return [l10n.t('Not revoked: {0}. The stored sign-in could not be read.', accountLabel(account))];
    }
    return isFailure(outcome) ? [`${l10n.t('Not revoked: {0}.', accountLabel(account))} ${whatHappened(outcome)}`] : [];
  });
  const left = isClean
    ? []
    : [
        l10n.t(
          'Some files of other VS Code windows are still in use. They hold no secret that can still be read. Close those windows and run the command again.',
        ),
      ];
  const [first, ...others] = [...failed, ...left];
  if (first !== undefined) {
    void vscode.window.showWarningMessage([l10n.t('Everything was forgotten here.'), first, ...others].join(' '));
    return;
  }
  void vscode.window.showInformationMessage(forgottenText(sessions.length, outcomes.length));
}

function forgottenText(accounts: number, revoked: number): string {
  if (accounts === 0) {
    return l10n.t('Everything was forgotten.');
  }
  return revoked === 0
    ? l10n.t('Everything was forgotten. The tokens stay valid at Reltio until they expire.')
    : l10n.t('Everything was forgotten. The tokens are revoked at Reltio.');
}
