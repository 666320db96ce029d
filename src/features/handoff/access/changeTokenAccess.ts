import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { Failure } from '../../../core/base/failure';
import type { Log } from '../../../core/base/log';
import type { Host } from '../../../editor/host';
import { extensionId } from '../../../editor/messages/extensionId';
import { paragraphs } from '../../../editor/messages/sentences';
import { back } from '../../../editor/prompt/prompt';
import type { Receiver } from './allowance';
import { answerButtons } from './accessQuestions';
import { isOnOtherMachine } from './otherMachine';
import { receiverTexts } from './receiverTexts';
import type { TokenAccess } from './tokenAccess';
import type { TokenAnswer } from './tokenAnswers';

const stateTexts: Readonly<Record<TokenAnswer | 'undecided', () => string>> = {
  window: () => l10n.t('allowed until this window is closed or reloaded'),
  always: () => l10n.t('always allowed'),
  never: () => l10n.t('never allowed'),
  undecided: () => l10n.t('not decided yet'),
};

export type ChangeTokenAccessHost = Pick<Host, 'side' | 'settings' | 'loadPrompt' | 'copyText'> & { readonly log: Log };

/**
 * Change Token Access. Any program can run it, and accept what is selected in a list. So the list gives nothing away, and only
 * the modal after it changes an answer.
 *
 * @throws {Failure} `tokensNeedTrust` in an untrusted workspace, `cancelled` when the user leaves the list
 */
export async function changeTokenAccess(
  access: Pick<TokenAccess, 'answerOf' | 'change'>,
  host: ChangeTokenAccessHost,
): Promise<void> {
  if (isOnOtherMachine(host)) {
    await explainRemote(host);
    return;
  }
  if (!vscode.workspace.isTrusted) {
    throw new Failure('tokensNeedTrust');
  }
  const prompt = await host.loadPrompt();
  const isOff = !host.settings.value('terminal.command');
  const receivers: readonly Receiver[] = ['terminals', 'requestFiles'];
  const receiver = await prompt.pick<Receiver>({
    title: l10n.t('Token access of this workspace'),
    step: 1,
    totalSteps: 1,
    canGoBack: false,
    placeholder: l10n.t('Whose access do you want to change?'),
    items: receivers.map((value) => ({
      label: receiverTexts[value].label(),
      ...(value === 'terminals' && isOff
        ? { unavailable: l10n.t('The setting reltioAuth.terminal.command is off. Switch it on first.') }
        : { description: stateText(access.answerOf(value)) }),
      value,
    })),
  });
  if (receiver === back) {
    return;
  }
  const texts = receiverTexts[receiver];
  const current = access.answerOf(receiver);
  const askAgain = { title: l10n.t('Ask Again'), answer: undefined };
  const buttons = [...answerButtons(), askAgain].filter(({ answer }) => answer !== current);
  const pressed = await prompt.choose({
    message: texts.change(),
    detail: paragraphs(l10n.t('Now: {0}.', stateText(current)), texts.ifChanged()),
    no: l10n.t('Leave as It Is'),
    choices: buttons.map(({ title }) => title),
  });
  const button = buttons.find(({ title }) => title === pressed);
  if (button === undefined) {
    return;
  }
  const { answer } = button;
  await access.change(receiver, answer);
  host.log.info(`token access: ${receiver} changed: ${answer ?? 'ask'}`);
  const outcome = answer === undefined ? l10n.t('you are asked at the next use') : stateText(answer);
  void vscode.window.showInformationMessage(texts.changed(outcome));
}

async function explainRemote({ copyText }: Pick<Host, 'copyText'>): Promise<void> {
  const setting = `"remote.extensionKind": { "${extensionId}": ["workspace"] }`;
  const copy = l10n.t('Copy Setting');
  const pressed = await vscode.window.showInformationMessage(
    l10n.t(
      'Terminals and request files of this window get no Reltio tokens, because they are on another machine than Reltio ' +
        'Authentication. To move it there, add {0} to your user settings, reload the window and sign in.',
      setting,
    ),
    copy,
  );
  if (pressed === copy) {
    await copyText(setting);
  }
}

function stateText(answer: TokenAnswer | undefined): string {
  return stateTexts[answer ?? 'undecided']();
}
