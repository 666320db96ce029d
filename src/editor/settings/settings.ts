import * as vscode from 'vscode';
import { mayReceiveSecrets } from '../../core/trust/trustedHosts';
import type { PersonalSettings } from './personalSettings';
import { section, type SimpleSetting, type SimpleValue } from './settingTable';
import { simpleSetting } from './simpleSettings';
import type { ReadSettings } from './settingsValue';

/** The user's settings, read at the first use and again after they change. */
export class Settings implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  readonly onDidChange = this.changed.event;

  private reading: Promise<ReadSettings> | undefined;
  private readonly subscription = vscode.workspace.onDidChangeConfiguration((event) => {
    if (event.affectsConfiguration(section)) {
      this.reading = undefined;
      this.changed.fire();
    }
  });

  constructor(private readonly personal: PersonalSettings) {}

  read(): Promise<ReadSettings> {
    this.reading ??= this.readAgain();
    return this.reading;
  }

  /** The value of a simple setting at this moment. */
  value<Name extends SimpleSetting>(name: Name): SimpleValue<Name> {
    return simpleSetting(name, this.personal.own(name));
  }

  /** Whether a request may go to this URL, by the current settings. */
  readonly mayReceiveSecrets = async (url: string): Promise<boolean> =>
    mayReceiveSecrets(url, (await this.read()).trusted);

  dispose(): void {
    this.subscription.dispose();
    this.changed.dispose();
  }

  private readAgain(): Promise<ReadSettings> {
    const reading = import('./readSettings').then(({ readSettings }) => readSettings(this.personal));
    reading.catch(() => {
      if (this.reading === reading) {
        this.reading = undefined; // the next call tries again
      }
    });
    return reading;
  }
}
