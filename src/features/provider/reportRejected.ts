import * as vscode from 'vscode';
import type { Rejection } from '../../core/rejections/rejections';
import type { Session } from '../../core/model/session';
import { sentenceFor } from '../../editor/messages/lateMessages';
import { commandIds } from '../../editor/commandIds';

/** The answer to another extension. It holds no token: the extension gets the new one from `getSession`. */
export interface RejectionAnswer {
  readonly outcome: 'refreshed' | 'valid' | 'signInAgain' | 'unknown' | 'notNow';
  /** A sentence for the user. */
  readonly message: string;
}

/**
 * The command that other extensions run when an environment answers 401 `invalid_token`. It never throws, and shows a
 * message only if the user must act.
 */
export function reportRejectedCommand(
  rejections: { report(token: string): Promise<Rejection> },
  offerRemedy: (session: Session) => void,
): vscode.Disposable {
  return vscode.commands.registerCommand(commandIds.reportRejected, async (token?: unknown) => {
    try {
      return await answerTo(
        typeof token === 'string' && token !== '' ? await rejections.report(token) : { kind: 'unknown' },
        offerRemedy,
      );
    } catch (error) {
      return { outcome: 'notNow', message: await sentenceFor(error) } satisfies RejectionAnswer; // for example after an update
    }
  });
}

async function answerTo(rejection: Rejection, offerRemedy: (session: Session) => void): Promise<RejectionAnswer> {
  if (rejection.kind === 'signInAgain') {
    offerRemedy(rejection.session);
  }
  const { rejectionText } = await import('./rejectionText');
  return { outcome: rejection.kind, message: rejectionText(rejection) };
}
