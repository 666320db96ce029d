import * as l10n from '@vscode/l10n';
import { tlsMaterial } from '../../core/network/tls/tlsMaterial';
import { CertificateFileError } from '../../core/network/tls/certificateFiles';
import type { Network } from '../../core/network/network';
import type { NetworkSettings } from '../../core/network/networkSettings';
import { peerCertificates } from '../../core/network/tls/peerCertificates';
import { classifyTransportError } from '../../core/network/transportError';
import { isLoopback } from '../../core/trust/trustedHosts';
import { Failure, failedTransport, isFailure } from '../../core/base/failure';
import type { Clock } from '../../core/base/clock';
import type { Sessions } from '../../core/sessions/sessions';
import { describe } from '../../editor/messages/messages';
import type { Past } from '../../editor/messages/whyText';
import { answerFindings } from './answerFindings';
import { at, note, wrong, type Finding } from './finding';
import { folderFinding, folderTimedOut } from './folderFinding';
import { limited } from './limited';
import { certificateFinding, nameFinding, routeFinding } from './networkFindings';
import { goneFindings } from './pastFindings';
import { runtimeFindings, type RuntimeFacts } from './runtimeFindings';
import { sessionFindings } from './sessionFindings';
import { settingsFindings } from './settingsFindings';

export interface DiagnosisParts {
  readonly runtime: RuntimeFacts;
  /** Names of the settings that the user changed. */
  readonly settingsInUse: readonly string[];
  /** Sentences without any of the values that were typed. */
  readonly settingProblems: readonly string[];
  readonly identityServers: readonly string[];
  /** The identity servers that the user's environments name. */
  readonly environmentServers: readonly string[];
  readonly networkSettings: NetworkSettings;
  readonly network: Network;
  readonly passphrase: () => Promise<string | undefined>;
  readonly lockFolder: string | undefined;
  readonly sessions: Sessions;
  readonly past: Past;
  readonly clock: Clock;
}

/**
 * All findings, in the order in which one would look for the cause. Sends no secret to a server. A proxy receives the same
 * as with every other connection.
 *
 * @param step is called with a sentence about the next check
 * @param signal stops the examination at once
 */
export async function examine(
  parts: DiagnosisParts,
  step: (what: string) => void,
  signal: AbortSignal,
): Promise<readonly Finding[]> {
  const findings: Finding[] = [
    ...runtimeFindings(parts.runtime),
    ...settingsFindings(parts.settingsInUse, parts.settingProblems),
  ];
  for (const server of parts.identityServers) {
    const found = await serverFindings(parts, server, step, signal);
    findings.push(...at(new URL(server).host, isUsed(server, parts) ? found : asNotes(found)));
  }
  signal.throwIfAborted();
  step(l10n.t('Checking the session storage …'));
  findings.push(
    await limited(parts.clock, signal, () => folderFinding(parts.lockFolder), folderTimedOut),
    ...(await accountFindings(parts, signal)),
  );
  return findings;
}

/** Reltio's own server is always checked, but a user with other environments may never use it. */
function isUsed(server: string, { environmentServers, sessions }: DiagnosisParts): boolean {
  return (
    environmentServers.length === 0 ||
    environmentServers.includes(server) ||
    sessions.known.some(({ account }) => account.identityServer === server)
  );
}

function asNotes(findings: readonly Finding[]): readonly Finding[] {
  return findings.some(({ state }) => state === 'wrong')
    ? [
        note(
          l10n.t({ message: 'Use', comment: ['Whether you use this server'] }),
          l10n.t('You have no environment and no account there, so the problems below do not affect you.'),
        ),
        ...findings.map((finding) => (finding.state === 'wrong' ? { ...finding, state: 'note' as const } : finding)),
      ]
    : findings;
}

interface Check {
  readonly about: string;
  /** Shown as progress. A sentence. */
  readonly progress: string;
  readonly run: (limit: AbortSignal) => Promise<readonly Finding[]>;
  /** The finding if the check did not finish in time. */
  readonly late: () => Finding;
}

/** Each check needs the ones before it to pass, so that one cause is reported once. */
async function serverFindings(
  parts: DiagnosisParts,
  server: string,
  step: (what: string) => void,
  signal: AbortSignal,
): Promise<readonly Finding[]> {
  const findings: Finding[] = [routeFinding(new URL(server), parts.network.choice(server), parts.networkSettings)];
  for (const { about, progress, run, late } of checks(parts, server)) {
    if (findings.some(({ state }) => state === 'wrong')) {
      findings.push(note(about, l10n.t('Not checked because of the problem above.')));
    } else {
      signal.throwIfAborted();
      step(progress);
      findings.push(...(await limited(parts.clock, signal, run, () => [late()])));
    }
  }
  return findings;
}

function checks(parts: DiagnosisParts, server: string): readonly Check[] {
  const { network, clock } = parts;
  const url = new URL(server);
  const name: Check = {
    about: l10n.t('DNS name'),
    progress: l10n.t('Checking the DNS name {0} …', url.hostname),
    run: async () => [await checkName(parts, url)],
    late: () => wrong(l10n.t('DNS name'), l10n.t('The lookup timed out.'), l10n.t('Check your network and VPN.')),
  };
  const certificate: Check = {
    about: l10n.t('Certificate'),
    progress: l10n.t('Checking the certificate of {0} …', url.host),
    run: async (limit) => [await checkCertificate(parts, url, limit)],
    late: () => timedOut(l10n.t('Certificate'), url),
  };
  const response: Check = {
    about: l10n.t('Response'),
    progress: l10n.t('Checking the response of {0} …', url.host),
    run: (limit) => answerFindings(network, server, clock, limit),
    late: () => timedOut(l10n.t('Response'), url),
  };
  return [...(isLoopback(url.hostname) ? [] : [name]), ...(url.protocol === 'https:' ? [certificate] : []), response];
}

function checkName({ network }: DiagnosisParts, url: URL): Promise<Finding> {
  const choice = network.choice(url.href);
  const mayHaveProxy = choice.client === 'host' || choice.route === 'unreadable' || choice.route.kind === 'proxy';
  return nameFinding(url.hostname, mayHaveProxy);
}

function timedOut(about: string, { host }: URL): Finding {
  return wrong(about, describe(new Failure('timeout', { host })));
}

async function checkCertificate(parts: DiagnosisParts, url: URL, signal: AbortSignal): Promise<Finding> {
  const { network, networkSettings } = parts;
  const choice = network.choice(url.href);
  try {
    const { proxyStrictSSL } = networkSettings;
    const trust =
      choice.client === 'host'
        ? undefined
        : { material: await tlsMaterial(networkSettings, () => fromKeyring(parts, signal), signal), proxyStrictSSL };
    return certificateFinding(url.host, await peerCertificates(url, choice, trust, signal));
  } catch (error) {
    if (isFailure(error)) {
      return wrong(l10n.t('Certificate'), describe(error));
    }
    const failure =
      error instanceof CertificateFileError
        ? error.failure
        : signal.aborted
          ? ({ kind: 'failure', code: 'timeout' } as const)
          : classifyTransportError(error, url.href);
    return wrong(l10n.t('Certificate'), describe(failedTransport(url.host, failure)));
  }
}

/** A keyring may prompt the user first, or hang. */
function fromKeyring({ passphrase }: DiagnosisParts, signal: AbortSignal): Promise<string | undefined> {
  return new Promise((resolve, reject) => {
    signal.addEventListener('abort', () => {
      reject(new Failure('sessionsUnreadable'));
    });
    passphrase().then(resolve, reject);
  });
}

async function accountFindings(
  { sessions, clock, past }: DiagnosisParts,
  signal: AbortSignal,
): Promise<readonly Finding[]> {
  const unreadable = wrong(l10n.t('Storage'), describe(new Failure('sessionsUnreadable')));
  try {
    const all = await limited(
      clock,
      signal,
      () => sessions.list(),
      () => undefined,
    );
    if (all === undefined) {
      return [unreadable];
    }
    const now = clock.now();
    const found = [
      ...sessionFindings(all, now, (session) => sessions.activity(session).outage?.failure, past),
      ...goneFindings(all, now, past),
    ];
    return sessions.problem === undefined ? found : [wrong(l10n.t('Storage'), describe(sessions.problem)), ...found];
  } catch (error) {
    if (signal.aborted) {
      throw error;
    }
    return [unreadable];
  }
}
