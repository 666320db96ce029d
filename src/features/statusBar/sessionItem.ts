import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { Cancel, Clock } from '../../core/base/clock';
import { clickCommand, type Click } from './click';
import type { WindowActivity, StatusState } from './state';
import { statusView, type StatusView } from './view';

export type Tooltip = Pick<typeof import('./afterStart'), 'tooltipCommands' | 'tooltipText'>;

/** VS Code allows no other background colours for an item. */
const backgrounds: Readonly<Record<StatusView['severity'], vscode.ThemeColor | undefined>> = {
  none: undefined,
  warning: new vscode.ThemeColor('statusBarItem.warningBackground'),
  error: new vscode.ThemeColor('statusBarItem.errorBackground'),
};

/** The item in the status bar: the account in use and the time left of its token. */
export class SessionItem implements vscode.Disposable {
  private readonly item = vscode.window.createStatusBarItem('reltioAuth.session', vscode.StatusBarAlignment.Right, 100);
  private readonly windowState = vscode.window.onDidChangeWindowState(() => {
    this.show();
  });
  private cancelTimer: Cancel | undefined;
  private isKnown = false;
  private tooltip: Tooltip | undefined;

  constructor(
    private readonly clock: Clock,
    private readonly state: () => StatusState,
    private readonly click: () => Click,
  ) {
    this.item.name = l10n.t('Reltio Session');
  }

  /** Shows the item. Call this once the stored sessions are known. */
  start(): void {
    this.isKnown = true;
    this.show();
  }

  /** Shows a tooltip from now on. Its texts are loaded after the start, because nobody reads them before. */
  explain(tooltip: Tooltip): void {
    this.tooltip = tooltip;
    this.show();
  }

  /** Computes everything from the clock: timers do not run while the machine sleeps. */
  show(): void {
    if (!this.isKnown) {
      return;
    }
    this.cancelTimer?.();
    const now = this.clock.now();
    const state = this.state();
    const activity = activityOf(vscode.window.state);
    const view = statusView(state, now, activity);
    const clicked = clickCommand(this.click(), state, now);
    this.item.text = view.text;
    this.item.tooltip = this.tooltip && markdown(this.tooltip, state, now, activity);
    this.item.backgroundColor = backgrounds[view.severity];
    this.item.accessibilityInformation = { label: view.spoken, role: 'button' };
    this.item.command = { title: 'Reltio', command: clicked.command, arguments: [...clicked.arguments] };
    this.item.show();
    this.cancelTimer =
      view.nextChange === undefined
        ? undefined
        : this.clock.after(view.nextChange, () => {
            this.show();
          });
  }

  dispose(): void {
    this.cancelTimer?.();
    this.windowState.dispose();
    this.item.dispose();
  }
}

function activityOf({ focused, active }: vscode.WindowState): WindowActivity {
  return focused ? 'focused' : active ? 'visible' : 'idle';
}

function markdown(
  { tooltipText, tooltipCommands }: Tooltip,
  ...shown: Parameters<Tooltip['tooltipText']>
): vscode.MarkdownString {
  const text = new vscode.MarkdownString(tooltipText(...shown), true);
  text.isTrusted = { enabledCommands: tooltipCommands };
  return text;
}
