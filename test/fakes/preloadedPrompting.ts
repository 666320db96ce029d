import { describe } from '../../src/editor/messages/messages';
import { requestedSignIn } from '../../src/features/provider/requestedSignIn';

/** The provider's prompting, already loaded: a fake clock does not measure the time that loading a module takes. */
export const preloadedPrompting = () => Promise.resolve({ requestedSignIn });

/** A failure in words, by sentences that are already loaded. */
export const preloadedSentence = (error: unknown) => Promise.resolve(describe(error));
