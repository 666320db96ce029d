import { within, type Clock } from '../../../core/base/clock';
import type { Log } from '../../../core/base/log';
import { isWithin, momentOf, type Moment } from '../../../core/base/moment';
import { SerialQueue } from '../../../core/base/serialQueue';
import { accountId, type Account } from '../../../core/model/account';
import type { Choice } from '../../../editor/prompt/confirm';
import type { Environment } from '../../../editor/settings/environments';
import type { Allowance, Receiver } from './allowance';
import { answerOf, firstUseQuestion, productionQuestion } from './accessQuestions';
import type { TokenAnswer, TokenAnswers } from './tokenAnswers';

/** How long a caller waits for an answer, and for how long others are refused without a question after a no (milliseconds). */
const patience = 60_000;

export interface AskedAllowanceParts {
  readonly isTrusted: () => boolean;
  readonly answers: TokenAnswers;
  /** The production environments for which a token of this account may be meant; none if it is not. */
  readonly productionFor: (
    receiver: Receiver,
    account: Account,
    environment: Environment | undefined,
  ) => Promise<readonly Environment[]>;
  /** Asks the user in a modal. Resolves when they answer, however late. */
  readonly ask: (question: Choice<string>) => Promise<string | undefined>;
  readonly clock: Clock;
  readonly log: Log;
}

/** How often the user is asked for one caller. */
const maxQuestions = 2;

/** Something that the user has to decide. */
interface Matter {
  readonly key: string;
  readonly receiver: Receiver;
  readonly isProduction: boolean;
  readonly question: () => Choice<string>;
}

/** A question that the user has not answered with a yes. */
interface OpenQuestion {
  refused?: Moment;
  /** Resolves with the answer. */
  asking?: Promise<boolean>;
  /** How many callers wait for it. */
  waiting: number;
}

/**
 * Remembers what the user has allowed in this workspace, and asks one question at a time. No answer in time is a no. VS Code
 * lets no extension close a modal, so the question may still be on the screen then: later callers wait for that one, and a
 * late yes counts for them.
 */
export class AskedAllowance implements Allowance {
  private readonly open = new Map<string, OpenQuestion>();
  private readonly questions = new SerialQueue();

  constructor(private readonly parts: AskedAllowanceParts) {}

  /**
   * The user has changed an answer elsewhere, or had everything forgotten. The next caller is asked about at once, and an
   * answer to a question that is still on the screen no longer counts.
   */
  forget(): void {
    this.open.clear();
  }

  async has(receiver: Receiver, account: Account, environment?: Environment): Promise<boolean> {
    const isAllowed = await this.decide(receiver, account, environment);
    if (!isAllowed) {
      this.parts.log.warn(`token access: ${receiver} refused`);
    }
    return isAllowed;
  }

  private async decide(receiver: Receiver, account: Account, environment: Environment | undefined): Promise<boolean> {
    // Again after each yes: while the question was open, the token may have become one for production.
    for (let asked = 0; asked <= maxQuestions; asked += 1) {
      if (!this.parts.isTrusted() || this.parts.answers.get(receiver) === 'never') {
        return false;
      }
      const matter = this.matterOf(receiver, account, await this.parts.productionFor(receiver, account, environment));
      if (this.isAllowed(matter)) {
        return true;
      }
      if (asked === maxQuestions || !(await this.answered(matter))) {
        return false;
      }
    }
    return false;
  }

  private matterOf(receiver: Receiver, account: Account, production: readonly Environment[]): Matter {
    if (production.length === 0) {
      const question = (): Choice<string> => firstUseQuestion(receiver, account);
      return { key: receiver, receiver, isProduction: false, question };
    }
    const places = production.map(({ name, url }) => [name, url]); // one that got another address is another one
    return {
      key: JSON.stringify([receiver, accountId(account), places]),
      receiver,
      isProduction: true,
      question: () => productionQuestion(receiver, account, production, isYes(this.parts.answers.get(receiver))),
    };
  }

  private isAllowed({ key, receiver, isProduction }: Matter): boolean {
    const { answers: given } = this.parts;
    return isProduction ? given.isProductionAllowed(receiver, key) : isYes(given.get(receiver));
  }

  private async answered(matter: Matter): Promise<boolean> {
    const { clock } = this.parts;
    const question = this.open.get(matter.key) ?? { waiting: 0 };
    this.open.set(matter.key, question);
    if (isWithin(patience, question.refused, clock)) {
      return false;
    }
    question.waiting += 1;
    question.asking ??= this.questions.run(() => this.ask(question, matter));
    const isAllowed = await within(clock, patience, question.asking, () => {
      question.refused = momentOf(clock);
      return false;
    });
    question.waiting -= 1;
    return isAllowed;
  }

  /** Resolves with the answer, which counts only if the question was not forgotten meanwhile. */
  private async ask(question: OpenQuestion, matter: Matter): Promise<boolean> {
    const { key, receiver, isProduction } = matter;
    const { answers: given, clock } = this.parts;
    const shownAt = clock.now();
    const isWanted = question.waiting > 0; // another question may have been on the screen for long
    const pressed = isWanted ? await this.pressed(matter) : undefined;
    delete question.asking;
    if (!isWanted || this.open.get(key) !== question || !given.counts(shownAt)) {
      return false;
    }
    const answer = pressed === undefined ? undefined : answerOf(pressed);
    this.parts.log.info(`token access: ${receiver}${isProduction ? ', production' : ''}: ${answer ?? 'not now'}`);
    if (isProduction && isYes(answer)) {
      given.allowProduction(receiver, key);
    } else if (answer !== undefined) {
      await given.set(receiver, answer);
    }
    question.refused = momentOf(clock);
    return isYes(answer);
  }

  private async pressed({ question }: Matter): Promise<string | undefined> {
    try {
      return await this.parts.ask(question());
    } catch {
      this.parts.log.warn('token access: not asked'); // for example in a closing window
      return undefined;
    }
  }
}

function isYes(answer: TokenAnswer | undefined): boolean {
  return answer === 'window' || answer === 'always';
}
