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
import { answerFindings } from './answerFindings';
import { note, wrong, type Finding } from './finding';
import { folderFinding, folderTimedOut } from './folderFinding';
import { limited } from './limited';
import { certificateFinding, nameFinding, routeFinding } from './networkFindings';
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
  readonly clock: Clock;
}

/**
 * All findings, in the order in which one would look for the cause. Sends no secret to a server. A proxy receives the same
 * as with every other connection.
 *
 * @param step is called with the name of the next check
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
    findings.push(...(isUsed(server, parts) ? found : asNotes(found, new URL(server).host)));
  }
  signal.throwIfAborted();
  step('the session storage');
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

function asNotes(findings: readonly Finding[], host: string): readonly Finding[] {
  return findings.some(({ state }) => state === 'wrong')
    ? [
        note(
          `Use of ${host}`,
          'You have no environment and no account there, so the problems below do not affect you.',
        ),
        ...findings.map((finding) => (finding.state === 'wrong' ? { ...finding, state: 'note' as const } : finding)),
      ]
    : findings;
}

interface Check {
  readonly about: string;
  /** Shown as progress. */
  readonly what: string;
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
  for (const { about, what, run, late } of checks(parts, server)) {
    if (findings.some(({ state }) => state === 'wrong')) {
      findings.push(note(about, 'Not checked because of the problem above.'));
    } else {
      signal.throwIfAborted();
      step(what);
      findings.push(...(await limited(parts.clock, signal, run, () => [late()])));
    }
  }
  return findings;
}

function checks(parts: DiagnosisParts, server: string): readonly Check[] {
  const { network, clock } = parts;
  const url = new URL(server);
  const name: Check = {
    about: `DNS name ${url.hostname}`,
    what: `the DNS name ${url.hostname}`,
    run: async () => [await checkName(parts, url)],
    late: () => lookupTimedOut(url),
  };
  const certificate: Check = {
    about: `Certificate of ${url.host}`,
    what: `the certificate of ${url.host}`,
    run: async (limit) => [await checkCertificate(parts, url, limit)],
    late: () => timedOut(`Certificate of ${url.host}`, url),
  };
  const response: Check = {
    about: `Response of ${url.host}`,
    what: `the response of ${url.host}`,
    run: (limit) => answerFindings(network, server, clock, limit),
    late: () => timedOut(`Response of ${url.host}`, url),
  };
  return [...(isLoopback(url.hostname) ? [] : [name]), ...(url.protocol === 'https:' ? [certificate] : []), response];
}

function checkName({ network }: DiagnosisParts, url: URL): Promise<Finding> {
  const choice = network.choice(url.href);
  const mayHaveProxy = choice.client === 'host' || choice.route === 'unreadable' || choice.route.kind === 'proxy';
  return nameFinding(url.hostname, mayHaveProxy);
}

function lookupTimedOut({ hostname }: URL): Finding {
  return wrong(`DNS name ${hostname}`, 'The lookup timed out.', 'Check your network and VPN.');
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
      return wrong(`Certificate of ${url.host}`, describe(error));
    }
    const failure =
      error instanceof CertificateFileError
        ? error.failure
        : signal.aborted
          ? ({ kind: 'failure', code: 'timeout' } as const)
          : classifyTransportError(error, url.href);
    return wrong(`Certificate of ${url.host}`, describe(failedTransport(url.host, failure)));
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

async function accountFindings({ sessions, clock }: DiagnosisParts, signal: AbortSignal): Promise<readonly Finding[]> {
  try {
    const all = await limited(
      clock,
      signal,
      () => sessions.list(),
      () => undefined,
    );
    if (all === undefined) {
      return [unreadable()];
    }
    const found = sessionFindings(all, clock.now(), (session) => sessions.activity(session).outage?.failure);
    return sessions.problem === undefined ? found : [wrong('Storage', describe(sessions.problem)), ...found];
  } catch (error) {
    if (signal.aborted) {
      throw error;
    }
    return [unreadable()];
  }
}

function unreadable(): Finding {
  return wrong('Storage', describe(new Failure('sessionsUnreadable')));
}
