import * as vscode from 'vscode';
import type { Changes } from '../../core/model/changes';
import type { Log } from '../../core/base/log';
import { SerialQueue } from '../../core/base/serialQueue';
import type { Session } from '../../core/model/session';
import type { Environment } from '../../editor/settings/environments';
import { ScopeRequest } from './scopeRequest';
import { UnansweredScopes } from './unansweredScopes';
import { toVSCode } from './vscodeSession';

type ChangeEvent = vscode.AuthenticationProviderAuthenticationSessionsChangeEvent;

/** Notifies VS Code of changes to the sessions, in the order in which they happened. */
export class Announcements implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<ChangeEvent>();
  readonly event = this.changed.event;

  /** The requests that have not got a session yet. */
  readonly unanswered = new UnansweredScopes();
  private readonly queue = new SerialQueue();

  constructor(
    private readonly readEnvironments: () => Promise<readonly Environment[]>,
    private readonly log: Log,
  ) {}

  announceSoon(changes: Changes): void {
    void this.queue.run(() => this.announce(changes));
  }

  dispose(): void {
    this.changed.dispose();
  }

  /**
   * A session that can answer a waiting list of scopes is also announced as added under that list: only then does VS Code
   * remove its entry "Sign in with Reltio to use X".
   */
  private async announce({ added, removed, changed }: Changes): Promise<void> {
    const refreshed = changed.filter(
      ({ before, after }) =>
        before.tokens.accessToken !== after.tokens.accessToken || (!canAnswer(before) && canAnswer(after)),
    );
    const waiting = await this.waitingFor([...added.map((after) => ({ before: undefined, after })), ...changed]);
    const event = {
      added: [...added.map((session) => toVSCode(session, session.tokens.scopes ?? [])), ...waiting],
      removed: removed.map((session) => toVSCode(session, session.tokens.scopes ?? [])),
      changed: refreshed.map(({ after }) => toVSCode(after, after.tokens.scopes ?? [])),
    };
    if (event.added.length + event.removed.length + event.changed.length > 0) {
      this.changed.fire(event);
    }
  }

  private async waitingFor(changes: readonly Change[]): Promise<readonly vscode.AuthenticationSession[]> {
    const lists = this.unanswered.waiting();
    if (lists.length === 0) {
      return [];
    }
    const environments = await this.readEnvironments().catch(() => undefined);
    if (environments === undefined) {
      this.log.warn('announcing: settings not read'); // the changes are still announced; the lists keep waiting
      return [];
    }
    return lists.flatMap(({ scopes, entries }) => {
      try {
        const request = ScopeRequest.parse(scopes, environments);
        const answers = (session: Session): boolean => canAnswer(session) && request.fits(session);
        const fitting = changes.filter(({ before, after }) => answers(after) && !(before && answers(before)));
        if (fitting.length > 0) {
          this.unanswered.announced(scopes);
        }
        return fitting.flatMap(({ after }) => entries.map((entry) => toVSCode(after, entry)));
      } catch {
        return []; // the environment has been removed from the settings
      }
    });
  }
}

interface Change {
  /** Undefined if the session is new. */
  readonly before: Session | undefined;
  readonly after: Session;
}

/** Whether this session can give another extension a token without a new sign-in. */
function canAnswer({ state, refreshErrors }: Session): boolean {
  return state !== 'rejected' && state !== 'signInAgain' && refreshErrors === undefined;
}
