import * as vscode from 'vscode';
import type { Changes } from '../sessions/changes';
import { SerialQueue } from '../sessions/serialQueue';
import type { Session } from '../sessions/session';
import type { Environment } from '../support/environments';
import { ScopeRequest } from './scopeRequest';
import { UnansweredScopes } from './unansweredScopes';
import { toVSCode } from './vscodeSession';

type ChangeEvent = vscode.AuthenticationProviderAuthenticationSessionsChangeEvent;

/** Tells VS Code what has become of the sessions, in the order in which it happened. */
export class Announcements implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<ChangeEvent>();
  readonly event = this.changed.event;

  /** The requests that got no session yet. */
  readonly unanswered = new UnansweredScopes();
  private readonly queue = new SerialQueue();

  constructor(private readonly readEnvironments: () => Promise<readonly Environment[]>) {}

  tell(changes: Changes): void {
    void this.queue.run(() => this.announce(changes));
  }

  dispose(): void {
    this.changed.dispose();
  }

  /** Added sessions are told once as they are, and once under each list of scopes that waits for one. */
  private async announce({ added, removed, changed }: Changes): Promise<void> {
    const renewed = changed.filter(({ before, after }) => before.tokens.accessToken !== after.tokens.accessToken);
    const waiting = added.length === 0 ? [] : await this.waitingFor(added);
    const event = {
      added: [...added.map((session) => toVSCode(session, session.tokens.scopes ?? [])), ...waiting],
      removed: removed.map((session) => toVSCode(session, session.tokens.scopes ?? [])),
      changed: renewed.map(({ after }) => toVSCode(after, after.tokens.scopes ?? [])),
    };
    if (event.added.length + event.removed.length + event.changed.length > 0) {
      this.changed.fire(event);
    }
  }

  private async waitingFor(added: readonly Session[]): Promise<vscode.AuthenticationSession[]> {
    const environments = await this.readEnvironments();
    return this.unanswered.waiting().flatMap((scopes) => {
      try {
        const request = ScopeRequest.parse(scopes, environments);
        const fitting = added.filter((session) => request.fits(session));
        if (fitting.length > 0) {
          this.unanswered.announced(scopes);
        }
        return fitting.map((session) => toVSCode(session, scopes));
      } catch {
        return []; // the environment has left the settings since
      }
    });
  }
}
