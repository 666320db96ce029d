import { isFailure, isWindowOutdated, type Failure, type FailureCode } from '../../../core/base/failure';
import type { CodeNeeded, SignedIn } from '../../../core/calls/signInAttempt';
import { describe } from '../../../editor/messages/messages';
import { sentences } from '../../../editor/messages/sentences';
import type { Back, Submitted } from '../../../editor/prompt/prompt';
import type { SecretKind } from '../failedTries';
import type { SignInContext } from '../signInContext';
import type { Position } from './steps';

export interface SecretQuestion {
  readonly kind: SecretKind;
  readonly prompt: string;
  readonly placeholder: string;
  readonly help: string;
  /** Why this text cannot be right. Nothing is sent to the server for it. */
  readonly problemOf: (text: string) => string | undefined;
  /** Sends the text once. */
  readonly send: (text: string, signal: AbortSignal) => Promise<SignedIn | CodeNeeded>;
  /** The failure that no other text in this box can fix. */
  readonly endsWith: FailureCode;
}

const wrong: Readonly<Record<SecretKind, FailureCode>> = { password: 'wrongPassword', code: 'wrongCode' };

/**
 * Asks for a secret and sends it, once for each press of Enter. The box stays open and says why a secret was not accepted.
 *
 * @returns the answer of the identity server, or the failure that closed the box
 */
export async function askSecret(
  { prompt, title, draft, tries }: SignInContext,
  position: Position,
  { kind, problemOf, send, endsWith, ...texts }: SecretQuestion,
): Promise<SignedIn | CodeNeeded | Failure | Back> {
  type Outcome = SignedIn | CodeNeeded | Failure;
  const submit = async (text: string, signal: AbortSignal): Promise<Submitted<Outcome>> => {
    const problem = problemOf(text);
    if (problem !== undefined) {
      return { kind: 'refused', sentence: problem };
    }
    try {
      const value = await send(text, signal);
      tries.forget(draft, kind);
      return { kind: 'accepted', value };
    } catch (error) {
      if (isFailure(error) && error.code === endsWith) {
        return { kind: 'accepted', value: error };
      }
      if (isWindowOutdated(error)) {
        throw error;
      }
      const isWrong = isFailure(error) && error.code === wrong[kind];
      const warning = isWrong && tries.count(draft, kind);
      return { kind: 'refused', sentence: sentences(describe(error), warning), clear: isWrong };
    }
  };
  return await prompt.box<Outcome>({
    ...position,
    ...texts,
    title: title(draft.identityServer),
    secret: true, // a browser-served VS Code saves the text of readable boxes to disk, to restore its tabs
    submit,
  });
}
