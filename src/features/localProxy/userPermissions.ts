import { displayText } from '../../core/base/displayText';
import type { Core } from '../../core/core';
import { PermissionGate } from '../../core/localProxy/permissionGate';
import type { Permissions } from '../../core/localProxy/permissions';
import type { ProxiedEnvironment } from '../../core/localProxy/proxiedEnvironment';
import { wouldExpose } from '../../core/trust/trustedHosts';
import { confirmedHosts, forTokenOnly, needsTokenConsent } from '../../editor/confirmedHosts';
import type { Host } from '../../editor/host';
import { permissionQuestion } from './questions';

export interface UserPermissions extends Permissions {
  /** The key was replaced, or the proxy stopped: the user has allowed nothing but the hosts that are kept over restarts. */
  forget(): void;
}

/**
 * What the user allows tools to do, asked in a modal: no command can answer it.
 *
 * The modal is shown in the window that listens, even if the user works in another program: that is where they run their
 * tools, and a window without the focus gets no key presses, so none of them answers it by accident. VS Code neither brings
 * such a window to the front nor lets an extension close the modal, so the question has no deadline: the gate stops waiting
 * for it, and asks no second one while it is open. A tool that repeats its request all night leaves one question.
 */
export function userPermissions(
  { clock, log }: Pick<Core, 'clock' | 'log'>,
  { loadPrompt, globalState }: Pick<Host, 'loadPrompt' | 'globalState'>,
): UserPermissions {
  const confirmed = confirmedHosts(globalState);
  const gate = new PermissionGate({
    ask: async (permission, environment, method) => {
      const { yes, ...asked } = permissionQuestion(permission, environment, method);
      const prompt = await loadPrompt();
      const isAllowed = (await prompt.choose({ ...asked, choices: [yes] })) === yes;
      log.info(`local proxy: ${permission} ${isAllowed ? 'allowed' : 'not allowed'}`, {
        environment: displayText(environment.name),
        method,
      });
      if (isAllowed && permission === 'sendToken' && needsTokenConsent(environment.url, confirmed)) {
        await confirmed.add(forTokenOnly(environment.url));
      }
      return isAllowed;
    },
    clock,
    log,
  });
  const isFree = ({ url, identityServer }: ProxiedEnvironment): boolean =>
    !needsTokenConsent(url, confirmed) && !wouldExpose(identityServer, url);
  return {
    forget: () => {
      gate.forget();
    },
    has: async (permission, environment, method) =>
      (permission === 'sendToken' && isFree(environment)) || (await gate.has(permission, environment, method)),
  };
}
