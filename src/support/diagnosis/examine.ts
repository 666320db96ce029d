import { tlsMaterial } from '../../network/tlsMaterial';
import { CertificateFileError } from '../../network/certificateFiles';
import type { Network } from '../../network/network';
import type { NetworkSettings } from '../../network/networkSettings';
import { peerCertificates } from '../../network/peerCertificates';
import { classifyTransportError } from '../../network/transportError';
import { isLoopback } from '../../network/trustedHosts';
import { Failure, failedTransport } from '../../oauth/failure';
import { within, type Clock } from '../../sessions/clock';
import type { Sessions } from '../../sessions/sessions';
import { describe } from '../messages';
import { answerFindings } from './answerFindings';
import { wrong, type Finding } from './finding';
import { folderFinding } from './folderFinding';
import { certificateFinding, nameFinding, wayFinding } from './networkFindings';
import { placeFindings, type Place } from './placeFindings';
import { sessionFindings } from './sessionFindings';
import { settingsFindings } from './settingsFindings';

/** One look at one server takes no longer (milliseconds). */
const patience = 10_000;

export interface Examined {
  readonly place: Place;
  /** Names of the settings that the person set. */
  readonly settingsInUse: readonly string[];
  readonly settingProblems: readonly string[];
  readonly identityServers: readonly string[];
  readonly networkSettings: NetworkSettings;
  readonly network: Network;
  readonly passphrase: () => Promise<string | undefined>;
  readonly lockFolder: string | undefined;
  readonly sessions: Sessions;
  readonly clock: Clock;
}

/**
 * All findings, in the order in which one would look for the fault. Sends no secret to any server; a proxy gets what
 * every connection through it gets.
 *
 * @param step told what is being looked at
 * @param signal ends the examination between two steps, and the network call that is under way
 */
export async function examine(
  parts: Examined,
  step: (what: string) => void,
  signal: AbortSignal,
): Promise<readonly Finding[]> {
  const findings: Finding[] = [
    ...placeFindings(parts.place),
    ...settingsFindings(parts.settingsInUse, parts.settingProblems),
  ];
  for (const server of parts.identityServers) {
    findings.push(...(await serverFindings(parts, server, step, signal)));
  }
  signal.throwIfAborted();
  step('the storage of sessions');
  findings.push(await folderFinding(parts.lockFolder), ...(await accountFindings(parts)));
  return findings;
}

async function serverFindings(
  parts: Examined,
  server: string,
  step: (what: string) => void,
  signal: AbortSignal,
): Promise<readonly Finding[]> {
  const { network, networkSettings, clock } = parts;
  const url = new URL(server);
  const choice = network.choice(server);
  signal.throwIfAborted();
  step(`the way to ${url.host}`);
  const findings = [wayFinding(url.host, choice, networkSettings)];
  if (!isLoopback(url.hostname)) {
    const mayHaveProxy = choice.client === 'host' || choice.route === 'unreadable' || choice.route.kind === 'proxy';
    findings.push(
      await within(clock, patience, nameFinding(url.hostname, mayHaveProxy), () =>
        wrong(`Name ${url.hostname}`, 'Nobody answered who that is.', 'Check your network and your VPN.'),
      ),
    );
  }
  if (url.protocol === 'https:') {
    signal.throwIfAborted();
    step(`the certificate of ${url.host}`);
    findings.push(await limited(clock, signal, (limit) => certificate(parts, url, limit)));
  }
  signal.throwIfAborted();
  step(`the answer of ${url.host}`);
  findings.push(...(await limited(clock, signal, (limit) => answerFindings(network, server, clock, limit))));
  return findings;
}

async function certificate(parts: Examined, url: URL, signal: AbortSignal): Promise<Finding> {
  const { network, networkSettings, passphrase } = parts;
  const choice = network.choice(url.href);
  try {
    const { proxyStrictSSL } = networkSettings;
    const trust =
      choice.client === 'host'
        ? undefined
        : { material: await tlsMaterial(networkSettings, passphrase), proxyStrictSSL };
    return certificateFinding(url.host, await peerCertificates(url, choice, trust, signal));
  } catch (error) {
    const failure =
      error instanceof CertificateFileError
        ? error.failure
        : signal.aborted
          ? ({ kind: 'failure', code: 'timeout' } as const)
          : classifyTransportError(error, url.href);
    return wrong(`Certificate of ${url.host}`, describe(failedTransport(url.host, failure)));
  }
}

async function accountFindings({ sessions, clock }: Examined): Promise<readonly Finding[]> {
  try {
    const all = await within(clock, patience, sessions.list(), () => {
      throw new Failure('sessionsUnreadable');
    });
    const found = sessionFindings(all, clock.now());
    return sessions.problem === undefined ? found : [wrong('Storage', describe(sessions.problem)), ...found];
  } catch {
    return [wrong('Storage', describe(new Failure('sessionsUnreadable')))];
  }
}

async function limited<T>(clock: Clock, signal: AbortSignal, work: (limit: AbortSignal) => Promise<T>): Promise<T> {
  const limit = new AbortController();
  const cancel = clock.after(patience, () => {
    limit.abort();
  });
  try {
    return await work(AbortSignal.any([signal, limit.signal]));
  } finally {
    cancel();
  }
}
