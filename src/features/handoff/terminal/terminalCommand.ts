import { rmdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import * as vscode from 'vscode';
import type { Core } from '../../../core/core';
import { codeOf } from '../../../core/base/privateFile';
import { SerialQueue } from '../../../core/base/serialQueue';
import { removeFolders } from '../../../core/forgetting/removeFolders';
import { isForgottenSince } from '../../../core/model/forgotten';
import { answerCalls } from '../../../core/terminal/answerCalls';
import { commandFolders, installTokenCommand, isInstalled } from '../../../core/terminal/installTokenCommand';
import { thisMachine, type Machine } from '../../../core/terminal/machine';
import { openTerminalServer, type TerminalServer } from '../../../core/terminal/terminalServer';
import type { TerminalKeys } from '../../../core/terminal/terminalKeys';
import type { Host } from '../../../editor/host';
import { isOnOtherMachine } from '../access/otherMachine';
import type { TokenAccess } from '../access/tokenAccess';
import { keptKeys, terminalKeysKey } from './keptKeys';
import { giveToTerminals } from './terminalVariables';
import { tokenDesk } from './tokenDesk';

export type TerminalHost = Pick<
  Host,
  'extension' | 'side' | 'env' | 'folders' | 'settings' | 'workspaceState' | 'terminalVariables' | 'noticeOutdated'
>;

interface Opened {
  readonly server: TerminalServer;
  readonly keys: TerminalKeys;
  /** The folder of the command. */
  readonly folder: string;
  /** Milliseconds since 1970. */
  readonly since: number;
}

/**
 * The command `reltio-token` in the terminals of this window. They have it while the workspace is trusted and the setting is on,
 * unless they run on another machine than this extension.
 */
export class TerminalCommand {
  private readonly work = new SerialQueue();
  private opened: Opened | undefined;
  /** When the user had everything forgotten (milliseconds since 1970): nothing is stored again before the next sign-in. */
  private forgottenAt = -Infinity;
  private isClosing = false;

  constructor(
    private readonly core: Pick<Core, 'sessions' | 'forgottenAt' | 'clock' | 'log'>,
    private readonly host: TerminalHost,
    private readonly access: TokenAccess,
    private readonly machine: Machine = thisMachine(host.env),
  ) {}

  /**
   * Gives the terminals the command or takes it away, as the state of the window wants it now. Call this whenever that may have
   * changed, and now and then: cleaners of old files remove sockets. Never rejects.
   */
  update(): Promise<void> {
    return this.work.run(async () => {
      try {
        await this.bringUpToDate();
      } catch (error) {
        this.core.log.warn('terminals: command not available', nodeCodeOf(error));
        this.host.noticeOutdated(error);
      }
    });
  }

  /** For a closing window. Terminals that VS Code reconnects later find the next one at the same path. */
  close(): Promise<void> {
    this.isClosing = true;
    return this.work.run(() => this.endServer());
  }

  /** Takes the command away from the terminals of this window, and removes what is stored for it. Never rejects. */
  forget(): Promise<void> {
    this.access.forget();
    return this.work.run(async () => {
      await this.forgetHere();
      await this.removeFiles();
    });
  }

  private async bringUpToDate(): Promise<void> {
    const { clock, forgottenAt } = this.core;
    if (this.opened !== undefined && isForgottenSince(this.opened.since, forgottenAt(), clock.now())) {
      await this.forgetHere(); // it happened in another window
    }
    if (!this.isWanted()) {
      await this.endServer();
      this.takeFromTerminals();
      return;
    }
    const { server, keys, folder } = (this.opened ??= await this.open());
    await Promise.all([server.check(), this.reinstall()]);
    const { terminalVariables, env } = this.host;
    giveToTerminals(terminalVariables, { folder, handle: keys.handle, socket: server.path }, env);
  }

  private takeFromTerminals(): void {
    giveToTerminals(this.host.terminalVariables, undefined, this.host.env);
  }

  private isWanted(): boolean {
    const { settings, folders } = this.host;
    return (
      !this.isClosing &&
      folders !== undefined &&
      vscode.workspace.isTrusted &&
      settings.value('terminal.command') &&
      !isOnOtherMachine(this.host) &&
      this.mayStoreAgain()
    );
  }

  private mayStoreAgain(): boolean {
    if (this.core.sessions.known.some(({ signedInAt }) => signedInAt > this.forgottenAt)) {
      this.forgottenAt = -Infinity; // from now on as before, also after a sign-out
    }
    return this.forgottenAt === -Infinity;
  }

  private async open(): Promise<Opened> {
    const { log, clock } = this.core;
    const { workspaceState } = this.host;
    const [folder, keys] = await Promise.all([this.install(), keptKeys(workspaceState, log)]);
    const since = clock.now();
    const answer = answerCalls(tokenDesk(this.access, log));
    const server = await openTerminalServer({ keys, answer, machine: this.machine, clock });
    log.info('terminals: command available');
    return { server, keys, folder, since };
  }

  private install(): Promise<string> {
    const { extension } = this.host;
    const client = join(extension.extensionPath, 'dist', 'reltio-token.js');
    return installTokenCommand({ storage: this.storage, client });
  }

  /** Only if it is gone, which another window or another version of this extension may have caused. */
  private async reinstall(): Promise<void> {
    if (!(await isInstalled(this.storage))) {
      await this.install();
    }
  }

  private async endServer(): Promise<void> {
    const { opened } = this;
    this.opened = undefined;
    await opened?.server.close();
  }

  private async forgetHere(): Promise<void> {
    this.forgottenAt = this.core.clock.now();
    const path = this.opened?.server.path;
    await this.endServer();
    this.takeFromTerminals();
    try {
      await this.host.workspaceState.update(terminalKeysKey, undefined);
    } catch {
      this.core.log.warn('terminals: keys not removed');
    }
    if (path !== undefined) {
      await rmdir(dirname(path)).catch(() => undefined); // other windows may have their sockets there
    }
  }

  private async removeFiles(): Promise<void> {
    const { folders } = this.host;
    const isClean = folders === undefined || (await removeFolders(commandFolders(this.storage)));
    if (!isClean) {
      this.core.log.warn('terminals: files not removed');
    }
  }

  private get storage(): string {
    return this.host.folders?.root ?? '';
  }
}

function nodeCodeOf(error: unknown): { readonly nodeCode?: string } {
  const code = codeOf(error instanceof AggregateError ? error.errors[0] : error); // the best folder comes first
  return code !== undefined && /^E[A-Z0-9]+$/.test(code) ? { nodeCode: code } : {};
}
