import * as vscode from 'vscode';
import { Emitter, type Unsubscribe } from '../../core/base/emitter';
import { Failure, isFailure } from '../../core/base/failure';
import type { Core } from '../../core/core';
import type { KeyStore } from '../../core/localProxy/keyStore';
import type { LocalProxy, LocalProxyStatus } from '../../core/localProxy/localProxy';
import { portFailure } from '../../core/localProxy/portFailure';
import type { SharedState } from '../../core/localProxy/sharedState';
import { accountId } from '../../core/model/account';
import type { Host } from '../../editor/host';
import type { Environment } from '../../editor/settings/environments';
import { sessionFor } from './accountTokens';
import { addressSegment } from './addressSegment';
import { startQuestion } from './questions';
import type { KeyPlace, ProxyOfWindow, ServedEnvironment } from './proxyOfWindow';

export interface WindowProxyParts {
  readonly localProxy: LocalProxy;
  readonly key: Pick<KeyStore, 'get' | 'replace' | 'announce'>;
  readonly core: Core;
  readonly host: Host;
}

/** The local proxy behind the commands. They run for anybody, so what may be done is decided here. */
export class WindowProxy implements ProxyOfWindow {
  readonly onDidChange: (listener: () => void) => Unsubscribe;
  private readonly changed: Emitter<void>;
  keyChanges = 0;
  /** Whether a command is starting it, which tells the user itself what comes of that. */
  isStarting = false;
  private asking: Promise<boolean> | undefined;

  constructor(private readonly parts: WindowProxyParts) {
    this.changed = new Emitter(() => {
      parts.core.log.warn('local proxy: a listener failed');
    });
    this.onDidChange = this.changed.on;
    parts.localProxy.onDidChange(() => {
      this.changed.emit();
    });
  }

  get status(): LocalProxyStatus {
    return this.parts.localProxy.status;
  }

  get shared(): SharedState {
    return this.parts.localProxy.shared;
  }

  /** Another key is valid now: connections that were let in with the old one end. */
  keyChanged(): void {
    this.keyChanges += 1;
    this.parts.localProxy.endConnections();
    this.changed.emit();
  }

  async served(): Promise<readonly ServedEnvironment[]> {
    const { core, host } = this.parts;
    const [{ environments }, sessions] = await Promise.all([host.settings.read(), core.sessions.list()]);
    return environments.map((environment) => {
      const found = sessionFor(environment, sessions, this.shared.account);
      return { environment, session: isFailure(found) ? undefined : found };
    });
  }

  async ensureStarted(): Promise<void> {
    const { host, localProxy, core } = this.parts;
    if (!host.isFocused()) {
      core.log.warn('local proxy: not started in a window without focus');
      throw new Failure('windowNotFocused');
    }
    mustBeTrusted();
    await localProxy.join(); // another window may have started or stopped it
    const agreed = localProxy.shared.agreed ? 'before' : 'now';
    if (agreed === 'now' && !(await this.agrees())) {
      core.log.info('local proxy: declined');
      throw new Failure('cancelled');
    }
    await this.start(agreed);
  }

  async startIfAgreed(): Promise<boolean> {
    const { localProxy } = this.parts;
    await localProxy.join();
    if (!localProxy.shared.agreed) {
      return false;
    }
    mustBeTrusted();
    await (['off', 'waiting'].includes(localProxy.status.kind) ? this.start('before') : undefined);
    this.mustHaveItsPort();
    return localProxy.shared.agreed;
  }

  async stop(): Promise<void> {
    await this.parts.localProxy.stop();
  }

  async replaceKey(): Promise<void> {
    await this.parts.key.replace().catch(notStored);
  }

  async key(): Promise<string> {
    return await this.parts.key.get().catch(notRead);
  }

  async addressOf({ name }: Pick<Environment, 'name'>, keyPlace: KeyPlace): Promise<string> {
    const { status } = this;
    if (status.kind === 'off' || status.port === 0) {
      throw new Failure('localProxyStopped');
    }
    const key = keyPlace === 'plain' ? '' : `/${await this.key()}`;
    return `http://127.0.0.1:${status.port}${key}/${addressSegment(name)}`;
  }

  /** One question at a time: a program may run the command many times. */
  private async agrees(): Promise<boolean> {
    this.asking ??= this.ask().finally(() => {
      this.asking = undefined;
    });
    return await this.asking;
  }

  private async ask(): Promise<boolean> {
    const { host } = this.parts;
    const [{ environments }, prompt] = await Promise.all([host.settings.read(), host.loadPrompt()]);
    const { yes, ...asked } = startQuestion(environments);
    return (await prompt.choose({ ...asked, choices: [yes] })) === yes;
  }

  /** An account that is not known here replaces none that another window uses. */
  private async start(agreed: 'now' | 'before'): Promise<void> {
    const { localProxy, key, host, core } = this.parts;
    await this.key(); // without a key, nothing could use it
    const account = host.accountInUse.session?.account;
    const wasOff = this.isOff();
    this.isStarting = true;
    try {
      await localProxy.start(account === undefined ? undefined : accountId(account), agreed);
      this.mustHaveItsPort();
    } finally {
      this.isStarting = false;
      if (wasOff && !this.isOff()) {
        key.announce().catch(() => {
          core.log.warn('local proxy: other windows not notified');
        });
      }
    }
  }

  private isOff(): boolean {
    return this.status.kind === 'off';
  }

  /** @throws {Failure} `localProxyPortTaken`, `localProxyStuck` */
  private mustHaveItsPort(): void {
    const { status } = this;
    if (status.kind === 'portTaken') {
      throw portFailure(status);
    }
  }
}

/** An error of the secret storage may quote a secret. */
function notRead(): never {
  throw new Failure('sessionsUnreadable');
}

function notStored(): never {
  throw new Failure('storeNotWritten');
}

/** @throws {Failure} `workspaceNotTrusted` */
function mustBeTrusted(): void {
  if (!vscode.workspace.isTrusted) {
    throw new Failure('workspaceNotTrusted');
  }
}
