import { Failure } from '../../../core/base/failure';
import { needsConsent } from '../../../editor/confirmedHosts';
import { agreesToHost } from '../hostConsent';
import type { Step } from './steps';

/** Asks once before the first secret is sent to a host outside `reltio.com`, except to this machine. */
export const hostStep: Step = {
  isModal: true,
  answers: [],
  applies: ({ draft, confirmedHosts }) =>
    draft.identityServer !== undefined && needsConsent(draft.identityServer, confirmedHosts),
  async ask({ draft, prompt, confirmedHosts }) {
    if (draft.identityServer === undefined || !(await agreesToHost(draft.identityServer, prompt, confirmedHosts))) {
      throw new Failure('cancelled');
    }
    return 'next';
  },
};
