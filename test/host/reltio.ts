import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { extensionId } from '../../src/editor/messages/extensionId';
import type { TestSeam } from '../../src/editor/testSeam';
import { type IdentityServer, type Options, startIdentityServer } from '../identity/server';
import type { ChallengeRequest, SeenSession } from './consumer/extension';
import { scriptedPrompt, type Asked } from '../fakes/scriptedPrompt';

const CONSUMER = 'test-fixtures.reltio-auth-consumer';

/** Our extension and a consumer in this VS Code, with their own identity server. */
export class Reltio {
  private constructor(
    readonly server: IdentityServer,
    readonly seam: TestSeam,
  ) {}

  static async start(options: Partial<Options> = {}): Promise<Reltio> {
    const extension = vscode.extensions.getExtension<TestSeam | undefined>(extensionId);
    assert.ok(extension !== undefined);
    const seam = await extension.activate();
    assert.ok(seam !== undefined, 'the test seam is there under test');
    seam.isFocused = true; // a virtual desktop gives its windows no focus
    const server = await startIdentityServer(options);
    await useEnvironments([{ name: 'local', url: server.url, authUrl: server.url, tenant: 'AcmeDev01' }]);
    return new Reltio(server, seam);
  }

  /** Signs out all accounts and stops the server. */
  async stop(): Promise<void> {
    await this.signOutAll();
    this.seam.prompt = this.seam.isFocused = undefined;
    await useEnvironments(undefined);
    await this.server.close();
  }

  /** An address of the data API that requires a token. */
  get dataUrl(): string {
    return `${this.server.url}/reltio/tenants/AcmeDev01/name`;
  }

  /** Signs in with our own command, through the documented client. */
  async signIn(userName = 'jane@acme.com', ...after: string[]): Promise<readonly Asked[]> {
    const { password } = this.server.users.get(userName);
    return this.answer(['127.0.0.1', 'Password', 'Use reltio_ui', userName, password, ...after]);
  }

  /** Runs our command with these answers. */
  async answer(answers: readonly string[]): Promise<readonly Asked[]> {
    const prompt = scriptedPrompt(answers);
    this.seam.prompt = prompt;
    await vscode.commands.executeCommand('reltioAuth.signIn');
    return prompt.asked;
  }

  /**
   * Does what a user does to give the consumer access: VS Code offers a command for its request, which creates a session
   * or asks which account may be used. In a test VS Code refuses consent by dialog.
   */
  async letConsumerIn(scopes: readonly string[]): Promise<void> {
    await this.ask(scopes, {});
    await this.letIn(CONSUMER, async () => (await this.ask(scopes)) !== undefined);
  }

  /** The same for any extension that has asked for a session without `silent`. */
  async letIn(extension: string, hasAccess: () => Promise<boolean>, provider = 'reltio'): Promise<void> {
    const commands = await vscode.commands.getCommands(true);
    const signIn = commands.filter((id) => id.startsWith(`${provider}:${extension}:signIn`)).at(-1);
    if (signIn !== undefined) {
      await vscode.commands.executeCommand(signIn);
      return;
    }
    const access = commands.find((id) => id.startsWith(`${provider}${extension}`));
    assert.ok(access !== undefined, 'VS Code offers a command that gives the extension access');
    await vscode.commands.executeCommand(access); // resolves before its list of accounts is answered
    await until('the extension may use the account', async () => {
      await pause(200);
      await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
      return await hasAccess();
    });
  }

  ask(
    asked: readonly string[] | ChallengeRequest,
    options: vscode.AuthenticationGetSessionOptions = { silent: true },
    url = '',
  ): Thenable<SeenSession | undefined> {
    return vscode.commands.executeCommand('consumer.getSession', asked, options, url);
  }

  consumerEvents(): Thenable<number> {
    return vscode.commands.executeCommand('consumer.events');
  }

  /** Signs out the first account with our own command, which asks in a modal dialog. */
  async signOut(how: 'here' | 'atReltioToo' = 'here'): Promise<void> {
    this.seam.prompt = scriptedPrompt([how === 'here' ? 'Sign Out Here' : 'Revoke at Reltio Too']);
    await accepting(vscode.commands.executeCommand('reltioAuth.signOut'));
  }

  private async signOutAll(): Promise<void> {
    while ((await vscode.commands.executeCommand<unknown[]>('consumer.getAccounts')).length > 0) {
      await this.signOut();
    }
  }
}

/** Accepts an entry of a quick pick, `down` entries below the first, until the work that shows it is done. */
export async function accepting(work: Thenable<unknown>, down = 0): Promise<void> {
  let isDone = false;
  const done = Promise.resolve(work).finally(() => (isDone = true));
  await pause(500);
  while (!isDone) {
    for (let step = 0; step < down; step++) {
      await vscode.commands.executeCommand('workbench.action.quickOpenSelectNext');
    }
    await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
    await Promise.race([done, pause(500)]);
  }
  await done;
}

export async function useEnvironments(environments: readonly object[] | undefined): Promise<void> {
  const settings = vscode.workspace.getConfiguration('reltioAuth');
  await settings.update('environments', environments, vscode.ConfigurationTarget.Global);
}

/** Waits until a condition is true; the message of a timeout says what was expected. */
export async function until(what: string, isTrue: () => Promise<boolean> | boolean, limit = 10_000): Promise<void> {
  const end = Date.now() + limit;
  while (!(await isTrue())) {
    assert.ok(Date.now() < end, `waited for: ${what}`);
    await pause(50);
  }
}

export function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
