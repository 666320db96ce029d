import type { FailureCause } from '../../core/dataApi/failedCall';
import { accessTexts, type Explanation } from './accessTexts';
import { callTexts } from './callTexts';
import { explanationWords, type About } from './explanationWords';

const texts: Readonly<Record<FailureCause, Explanation>> = { ...accessTexts, ...callTexts };

/** The cause of a failed call in a sentence, and what to do about it in one or two more. The answer is not quoted. */
export function explanationText(cause: FailureCause, about: About): ReturnType<Explanation> {
  return texts[cause](explanationWords(about));
}
