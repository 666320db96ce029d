import { Failure } from '../../../core/base/failure';
import type { Draft } from '../draft';
import { agreesToHost, needsConsent, type ConfirmedHosts } from '../hostConsent';
import type { Prompt } from '../../../editor/prompt/prompt';
import type { Step } from './steps';

/** Asks once before the first secret goes to a host outside `reltio.com`; this machine aside. */
export function hostStep(prompt: Prompt, draft: Draft, confirmed: ConfirmedHosts): Step {
  return {
    isModal: true,
    applies: () => draft.identityServer !== undefined && needsConsent(draft.identityServer, confirmed),
    async ask() {
      if (draft.identityServer === undefined || !(await agreesToHost(draft.identityServer, prompt, confirmed))) {
        throw new Failure('cancelled');
      }
      return 'next';
    },
  };
}
