import { displayText } from '../../core/base/displayText';
import type { Log } from '../../core/base/log';
import type { Permission } from '../../core/localProxy/permissions';
import type { ProxiedEnvironment } from '../../core/localProxy/proxiedEnvironment';
import type { Prompt } from '../../editor/prompt/prompt';
import { permissionQuestion } from './questions';

/** For how long a yes to changes in production is valid (minutes). */
export const changesAllowed = 15;

/**
 * Asks the user what a request of a tool needs, in a modal: no command can answer it.
 *
 * The modal is shown in the window that listens, even if the user works in another program: that is where they run their
 * tools, and a window without the focus gets no key presses, so none of them answers it by accident. VS Code neither brings
 * such a window to the front nor lets an extension close the modal. So one that nobody answers stays, and later requests
 * wait for that one: a tool that repeats its request all night leaves one question, not hundreds.
 */
export class PermissionQuestions {
  private readonly open = new Map<string, Promise<boolean>>();

  constructor(
    private readonly loadPrompt: () => Promise<Pick<Prompt, 'choose'>>,
    private readonly log: Log,
  ) {}

  /** Whether the user allows it. Resolves when they answer, which may be hours later. Rejects if VS Code cannot ask. */
  async ask(permission: Permission, environment: ProxiedEnvironment, method: string): Promise<boolean> {
    const key = JSON.stringify([permission, environment.name, environment.url, environment.identityServer]);
    const before = this.open.get(key);
    if (before !== undefined) {
      return await before;
    }
    const asking = this.askNow(permission, environment, method);
    this.open.set(key, asking);
    try {
      return await asking;
    } finally {
      this.open.delete(key);
    }
  }

  private async askNow(permission: Permission, environment: ProxiedEnvironment, method: string): Promise<boolean> {
    const { yes, ...asked } = permissionQuestion(permission, environment, method, changesAllowed);
    const prompt = await this.loadPrompt();
    const isAllowed = (await prompt.choose({ ...asked, choices: [yes] })) === yes;
    this.log.info(`local proxy: ${permission} ${isAllowed ? 'allowed' : 'not allowed'}`, {
      environment: displayText(environment.name),
      method,
    });
    return isAllowed;
  }
}
