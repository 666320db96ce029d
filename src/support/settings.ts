import * as vscode from 'vscode';
import { defaultTrustedSuffixes, mayReceiveSecrets, type TrustedSuffixes } from '../network/trustedHosts';
import { defaultIdentityServer } from './defaultIdentityServer';
import { readNetworkSettings } from './networkConfiguration';
import { networkProblems } from './networkProblems';
import { parseEnvironments, parseTrustedHosts, type Environment } from './environments';

export interface SettingsValue {
  readonly environments: readonly Environment[];
  /** What is wrong with the environments that cannot be used, by their names. */
  readonly leftOut: ReadonlyMap<string, string>;
  /** The identity servers of the environments, and Reltio's own. */
  readonly identityServers: readonly string[];
  readonly trusted: TrustedSuffixes;
  /** One sentence for each setting that cannot be used. */
  readonly problems: readonly string[];
}

const section = 'reltioAuth';

/** The person's settings, read when first needed and again after they change. */
export class Settings implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  readonly onDidChange = this.changed.event;

  private value: Promise<SettingsValue> | undefined;
  private readonly subscription = vscode.workspace.onDidChangeConfiguration((event) => {
    if (event.affectsConfiguration(section)) {
      this.value = undefined;
      this.changed.fire();
    }
  });

  read(): Promise<SettingsValue> {
    this.value ??= this.readAnew();
    return this.value;
  }

  /** Days that a refresh token lives, counted from its first receipt. */
  get refreshTokenDays(): number {
    return numberSetting('refreshTokenDays', 1, 3_650);
  }

  /** When tokens are renewed: `onDemand` when somebody needs one, `keepAlive` also in their last minute. */
  get refresh(): 'onDemand' | 'keepAlive' {
    return personal('refresh') === 'keepAlive' ? 'keepAlive' : 'onDemand';
  }

  /** What a click on the status bar does. */
  get statusBarClick(): 'menu' | 'refresh' {
    return personal('statusBar.click') === 'refresh' ? 'refresh' : 'menu';
  }

  /** Seconds until a copied token leaves the clipboard; 0 for never. */
  get clearClipboardAfter(): number {
    return numberSetting('clipboard.clearAfterSeconds', 0, 86_400);
  }

  /** Whether a request may go there, by the settings of this moment. */
  readonly mayReceiveSecrets = async (url: string): Promise<boolean> =>
    mayReceiveSecrets(url, (await this.read()).trusted);

  dispose(): void {
    this.subscription.dispose();
    this.changed.dispose();
  }

  private readAnew(): Promise<SettingsValue> {
    const reading = readSettings();
    reading.catch(() => {
      if (this.value === reading) {
        this.value = undefined; // what could not be read is tried again
      }
    });
    return reading;
  }
}

async function readSettings(): Promise<SettingsValue> {
  const trustedHosts = personal('trustedHosts') ?? defaultTrustedSuffixes;
  const hosts = parseTrustedHosts(trustedHosts, await publicSuffixCheck(trustedHosts));
  const { environments, leftOut, problems } = parseEnvironments(personal('environments') ?? [], hosts.trusted);
  return {
    environments,
    leftOut,
    identityServers: [...new Set([...environments.map((one) => one.identityServer), defaultIdentityServer])],
    trusted: hosts.trusted,
    problems: [...hosts.problems, ...problems, ...networkProblems(readNetworkSettings())],
  };
}

/** The person's own value: a workspace must not decide where a password goes, whatever scope VS Code lets it write. */
function personal(name: string): unknown {
  const found = vscode.workspace.getConfiguration(section).inspect<unknown>(name);
  return found?.globalValue ?? found?.defaultValue;
}

/** A number within its limits; anything else counts as the default. */
function numberSetting(name: string, least: number, most: number): number {
  const value = personal(name);
  const isUsable = typeof value === 'number' && value >= least && value <= most;
  return isUsable ? value : Number(vscode.workspace.getConfiguration(section).inspect(name)?.defaultValue);
}

async function publicSuffixCheck(trustedHosts: unknown): Promise<(name: string) => boolean> {
  if (JSON.stringify(trustedHosts) === JSON.stringify(defaultTrustedSuffixes)) {
    return () => false; // the list of public suffixes is large, and reltio.com is not on it
  }
  return (await import('../network/publicSuffix')).isPublicSuffix;
}
