import type { ProviderParts } from '../../src/features/provider/authenticationProvider';
import { describe } from '../../src/editor/messages/messages';
import * as challenges from '../../src/features/provider/challenges';
import { requestedSignIn } from '../../src/features/provider/requestedSignIn';
import type { TestCore } from './installation';

type Parts = Pick<ProviderParts, 'clock' | 'report' | 'sentenceFor' | 'asked' | 'loadPrompting' | 'loadChallenges'>;

/** The provider's late code, already loaded: a fake clock does not measure the time that loading a module takes. */
export function preloadedProvider({ real, shared }: TestCore): Parts {
  return {
    clock: shared.clock,
    report: (accessToken) => real.reportRejected(accessToken, 'checkFirst'),
    sentenceFor: (error) => Promise.resolve(describe(error)),
    asked: () => undefined,
    loadPrompting: () => Promise.resolve({ requestedSignIn }),
    loadChallenges: () => Promise.resolve(challenges),
  };
}
