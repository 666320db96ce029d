import type { Clock } from '../../../core/base/clock';
import type { Log } from '../../../core/base/log';
import { isForgottenSince } from '../../../core/model/forgotten';
import type { Memory } from '../../../editor/memory';
import type { Receiver } from './allowance';

/** What the user has answered. `window`: yes, until the window closes. */
export type TokenAnswer = 'window' | 'always' | 'never';

export interface TokenAnswersParts {
  /** Of the workspace. */
  readonly memory: Memory;
  /** When the user last had everything forgotten, in any window. */
  readonly forgottenAt: () => number | undefined;
  readonly clock: Pick<Clock, 'now'>;
  readonly log: Log;
}

interface AnswerOfWindow {
  readonly answer: TokenAnswer;
  readonly at: number;
}

/**
 * The user's answers for this workspace: what is to last is in the memory of VS Code, the rest ends with the window. A yes for
 * production never lasts.
 */
export class TokenAnswers {
  private readonly ofWindow = new Map<Receiver, AnswerOfWindow>();
  /** When the user allowed a receiver tokens for production, by what the question was about. */
  private readonly production = new Map<Receiver, Map<string, number>>();

  constructor(private readonly parts: TokenAnswersParts) {}

  /** Undefined if the user has not been asked, or did not decide. */
  get(receiver: Receiver): TokenAnswer | undefined {
    const here = this.ofWindow.get(receiver);
    if (here !== undefined && this.counts(here.at)) {
      return here.answer;
    }
    const stored = this.parts.memory.get(answerKey(receiver)); // may be anything: another version may have written it
    return stored === 'always' || stored === 'never' ? stored : undefined;
  }

  /** An answer that cannot be stored counts until the window closes. What was allowed for production is taken back. */
  async set(receiver: Receiver, answer: TokenAnswer | undefined): Promise<void> {
    const { memory, clock, log } = this.parts;
    this.ofWindow.delete(receiver);
    this.production.delete(receiver);
    if (answer !== undefined) {
      this.ofWindow.set(receiver, { answer, at: clock.now() });
    }
    try {
      await memory.update(answerKey(receiver), answer === 'window' ? undefined : answer);
    } catch {
      log.warn('token access: answer not stored'); // for example in a closing window
    }
  }

  /** @param matter what the question was about */
  isProductionAllowed(receiver: Receiver, matter: string): boolean {
    const at = this.production.get(receiver)?.get(matter);
    return at !== undefined && this.counts(at);
  }

  allowProduction(receiver: Receiver, matter: string): void {
    const allowed = this.production.get(receiver) ?? new Map<string, number>();
    this.production.set(receiver, allowed.set(matter, this.parts.clock.now()));
  }

  /** Ends what was answered in this window. What is stored goes when the memory of VS Code is emptied. */
  forget(): void {
    this.ofWindow.clear();
    this.production.clear();
  }

  /** Whether nothing was forgotten since this time. */
  counts(answeredAt: number): boolean {
    return !isForgottenSince(answeredAt, this.parts.forgottenAt(), this.parts.clock.now());
  }
}

function answerKey(receiver: Receiver): string {
  return `tokenAccess.${receiver}`;
}
