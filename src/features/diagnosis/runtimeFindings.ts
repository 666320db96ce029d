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
  readonly versions: Readonly<Record<string, string>>;
}

export function runtimeFindings(place: RuntimeFacts): readonly Finding[] {
  const side =
    place.runsOn === 'ui' && !place.inBrowser
      ? 'The extension runs on this computer, with your browser and keyring'
      : 'The extension runs on the server, so the network, proxy and certificates of the server apply';
  const where =
    place.remoteName === undefined ? 'a local window' : `a remote window (${displayCode(place.remoteName)})`;
  const versions = Object.entries(place.versions).map(([name, version]) => `${name} ${version}`);
  return [
    ok(
      'Extension host',
      `${side}. This is ${where}${place.inBrowser ? ' in a browser' : ''}, ${place.platform} ${place.architecture}.`,
    ),
    ok('Versions', `${versions.join(', ')}.`),
  ];
}
