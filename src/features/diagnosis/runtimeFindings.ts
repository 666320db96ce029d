import * as l10n from '@vscode/l10n';
import { ok, type Finding } from './finding';
import { displayCode } from './displayCode';

/** Where the extension runs, and in which versions. */
export interface RuntimeFacts {
  readonly runsOn: 'ui' | 'workspace';
  /** `ssh-remote`, `wsl`, …; undefined in a local window. */
  readonly remoteName: string | undefined;
  readonly inBrowser: boolean;
  readonly platform: string;
  readonly architecture: string;
  /** VS Code's display language. */
  readonly language: string;
  readonly versions: Readonly<Record<string, string>>;
}

export function runtimeFindings(place: RuntimeFacts): readonly Finding[] {
  const side =
    place.runsOn === 'ui' && !place.inBrowser
      ? l10n.t('The extension runs on this computer, with your browser and keyring.')
      : l10n.t('The extension runs on the server, so the network, proxy and certificates of the server apply.');
  const versions = Object.entries(place.versions).map(([name, version]) => `${name} ${version}`);
  return [
    ok(l10n.t('Extension host'), `${side} ${windowText(place)} (${place.platform} ${place.architecture})`),
    ok(l10n.t('Versions'), versions.join(', ')),
    ok(l10n.t('Language'), place.language),
  ];
}

function windowText({ remoteName, inBrowser }: RuntimeFacts): string {
  if (remoteName === undefined) {
    return inBrowser ? l10n.t('This is a local window in a browser.') : l10n.t('This is a local window.');
  }
  const name = displayCode(remoteName);
  return inBrowser
    ? l10n.t('This is a remote window ({0}) in a browser.', name)
    : l10n.t('This is a remote window ({0}).', name);
}
