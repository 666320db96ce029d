import * as vscode from 'vscode';
import type { Cancel, Clock } from '../sessions/clock';
import type { Sessions } from '../sessions/sessions';
import { describe } from '../support/messages';
import { statusView } from './view';

/** The clock is looked at again at least this often: timers stand still while the machine sleeps (milliseconds). */
const longestPause = 30_000;

/** The item in the status bar: the most recently signed-in account and the life of its token. */
export class SessionItem implements vscode.Disposable {
  private readonly item = vscode.window.createStatusBarItem('reltioAuth.session', vscode.StatusBarAlignment.Right, 100);
  private readonly focus = vscode.window.onDidChangeWindowState(() => {
    this.show();
  });
  private cancelTimer: Cancel | undefined;

  constructor(
    private readonly clock: Clock,
    private readonly sessions: Sessions,
  ) {
    this.item.name = 'Reltio Session';
  }

  show(): void {
    this.cancelTimer?.();
    const [session] = this.sessions.known;
    const { problem } = this.sessions;
    const view = statusView(session, this.clock.now(), problem === undefined ? undefined : describe(problem));
    this.item.text = view.text;
    this.item.tooltip = view.tooltip;
    this.item.accessibilityInformation = { label: view.spoken, role: 'button' };
    this.item.command = {
      command: view.command,
      title: view.tooltip,
      arguments: session === undefined ? [] : [session.id],
    };
    this.item.show();
    this.cancelTimer =
      view.nextChange === undefined
        ? undefined
        : this.clock.after(Math.min(view.nextChange, longestPause), () => {
            this.show();
          });
  }

  dispose(): void {
    this.cancelTimer?.();
    this.focus.dispose();
    this.item.dispose();
  }
}
