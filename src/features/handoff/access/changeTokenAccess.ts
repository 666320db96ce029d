import * as vscode from 'vscode';
import { Failure } from '../../../core/base/failure';
import type { Log } from '../../../core/base/log';
import type { Host } from '../../../editor/host';
import { extensionId } from '../../../editor/messages/extensionId';
import { back } from '../../../editor/prompt/prompt';
import type { Receiver } from './allowance';
import { answers, receiverTexts, type AnswerButton } from './accessQuestions';
import { isOnOtherMachine } from './otherMachine';
import type { TokenAccess } from './tokenAccess';
import type { TokenAnswer } from './tokenAnswers';

const askAgain = 'Ask Again';

type ChangeButton = AnswerButton | typeof askAgain;

const buttons: readonly ChangeButton[] = ['Until the Window Closes', 'Always', 'Never', askAgain];

const stateTexts: Readonly<Record<TokenAnswer | 'undecided', string>> = {
  window: 'allowed until this window is closed or reloaded',
  always: 'always allowed',
  never: 'never allowed',
  undecided: 'not decided yet',
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
    title: 'Token access of this workspace',
    step: 1,
    totalSteps: 1,
    canGoBack: false,
    placeholder: 'Whose access do you want to change?',
    items: receivers.map((value) => ({
      label: capitalized(receiverTexts[value].name),
      ...(value === 'terminals' && isOff
        ? { unavailable: 'The setting reltioAuth.terminal.command is off. Switch it on first.' }
        : { description: stateText(access.answerOf(value)) }),
      value,
    })),
  });
  if (receiver === back) {
    return;
  }
  const { name, everyone } = receiverTexts[receiver];
  const current = access.answerOf(receiver);
  const pressed = await prompt.choose<ChangeButton>({
    message: `Change whether ${name} of this workspace get Reltio tokens?`,
    detail:
      `Now: ${stateText(current)}.\n\nIf you allow it, ${everyone} can get a valid token at any time, and do everything in ` +
      'Reltio that you can do. Production is asked about separately, in each window.',
    no: 'Leave as It Is',
    choices: buttons.filter((button) => answerOf(button) !== current),
  });
  if (pressed === undefined) {
    return;
  }
  const answer = answerOf(pressed);
  await access.change(receiver, answer);
  host.log.info(`token access: ${receiver} changed: ${answer ?? 'ask'}`);
  const outcome = answer === undefined ? 'you are asked at the next use' : stateText(answer);
  void vscode.window.showInformationMessage(`${capitalized(name)} of this workspace: ${outcome}.`);
}

async function explainRemote({ copyText }: Pick<Host, 'copyText'>): Promise<void> {
  const setting = `"remote.extensionKind": { "${extensionId}": ["workspace"] }`;
  const copy = 'Copy Setting';
  const pressed = await vscode.window.showInformationMessage(
    'Terminals and request files of this window get no Reltio tokens, because they are on another machine than Reltio ' +
      `Authentication. To move it there, add ${setting} to your user settings, reload the window and sign in.`,
    copy,
  );
  if (pressed === copy) {
    await copyText(setting);
  }
}

function answerOf(button: ChangeButton): TokenAnswer | undefined {
  return button === askAgain ? undefined : answers[button];
}

function stateText(answer: TokenAnswer | undefined): string {
  return stateTexts[answer ?? 'undecided'];
}

function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
