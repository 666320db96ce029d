import { Failure } from '../oauth/failure';
import { isLoopback, isUnder } from '../network/trustedHosts';
import type { Draft } from './draft';
import { back, type Prompt } from './prompt';
import type { Step } from './steps';

/** Which hosts outside `reltio.com` the person has agreed to send secrets to. */
export interface ConfirmedHosts {
  has(host: string): boolean;
  add(host: string): Promise<void>;
}

/** Asks once before the first secret goes to a host outside `reltio.com`; this machine aside. */
export function hostStep(prompt: Prompt, title: string, draft: Draft, confirmed: ConfirmedHosts): Step {
  const host = (): string => new URL(draft.identityServer ?? '').host;
  const needsConsent = (): boolean => {
    const { hostname } = new URL(draft.identityServer ?? '');
    return !isLoopback(hostname) && !isUnder(hostname, ['reltio.com']) && !confirmed.has(host());
  };
  return {
    name: 'host',
    applies: () => draft.identityServer !== undefined && needsConsent(),
    async ask(position) {
      const agreed = await prompt.pick({
        ...position,
        title,
        placeholder: 'Send your password to this host?',
        items: [
          {
            label: `Yes, sign in at ${host()}`,
            detail: 'Not under reltio.com. It gets your password and client secret. You are asked once.',
            value: true,
          },
          { label: 'Do not sign in', value: false },
        ],
      });
      if (agreed === back) {
        return back;
      }
      if (agreed !== true) {
        throw new Failure('cancelled');
      }
      await confirmed.add(host());
      return 'next';
    },
  };
}
