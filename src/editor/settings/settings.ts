import * as vscode from 'vscode';
import { mayReceiveSecrets, type TrustedSuffixes } from '../../core/trust/trustedHosts';
import type { PersonalSettings } from './personalSettings';
import type { SettingFault } from './settingFault';
import { simpleSetting, type SimpleSetting } from './simpleSettings';
import type { Environment } from './environments';

export interface SettingsValue {
  readonly environments: readonly Environment[];
  /** What is wrong with the environments that cannot be used, by their names. */
  readonly leftOut: ReadonlyMap<string, string>;
  /** Where one can sign in. */
  readonly identityServers: readonly string[];
  readonly trusted: TrustedSuffixes;
  /** One sentence for each setting that cannot be used. */
  readonly problems: readonly string[];
}

export interface ReadSettings extends SettingsValue {
  /** The problems as they may be shared, too. */
  readonly faults: readonly SettingFault[];
}

const section = 'reltioAuth';

/** The person's settings, read when first needed and again after they change. */
export class Settings implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  readonly onDidChange = this.changed.event;

  private value: Promise<ReadSettings> | undefined;
  private readonly subscription = vscode.workspace.onDidChangeConfiguration((event) => {
    if (event.affectsConfiguration(section)) {
      this.value = undefined;
      this.changed.fire();
    }
  });

  constructor(private readonly personal: PersonalSettings) {}

  read(): Promise<ReadSettings> {
    this.value ??= this.readAgain();
    return this.value;
  }

  /** Days that a refresh token lives, counted from its first receipt. */
  get refreshTokenDays(): number {
    return Number(this.simple('refreshTokenDays'));
  }

  /** When tokens are renewed: `onDemand` when somebody needs one, `keepAlive` also in their last minute. */
  get refresh(): 'onDemand' | 'keepAlive' {
    return this.simple('refresh') === 'keepAlive' ? 'keepAlive' : 'onDemand';
  }

  /** What a click on the status bar does. */
  get statusBarClick(): 'menu' | 'refresh' {
    return this.simple('statusBar.click') === 'refresh' ? 'refresh' : 'menu';
  }

  /** Seconds until a copied token leaves the clipboard; 0 for never. */
  get clearClipboardAfter(): number {
    return Number(this.simple('clipboard.clearAfterSeconds'));
  }

  /** Whether to ask before a token is copied. */
  get confirmsCopy(): boolean {
    return this.simple('clipboard.confirm') === true;
  }

  /** Whether a request may go there, by the settings of this moment. */
  readonly mayReceiveSecrets = async (url: string): Promise<boolean> =>
    mayReceiveSecrets(url, (await this.read()).trusted);

  dispose(): void {
    this.subscription.dispose();
    this.changed.dispose();
  }

  private simple(name: SimpleSetting): string | number | boolean {
    return simpleSetting(name, this.personal.read(`${section}.${name}`));
  }

  private readAgain(): Promise<ReadSettings> {
    const reading = import('./readSettings').then(({ readSettings }) => readSettings(this.personal));
    reading.catch(() => {
      if (this.value === reading) {
        this.value = undefined; // what could not be read is tried again
      }
    });
    return reading;
  }
}
