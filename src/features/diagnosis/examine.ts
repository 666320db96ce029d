import { tlsMaterial } from '../../core/network/tlsMaterial';
import { CertificateFileError } from '../../core/network/certificateFiles';
import type { Network } from '../../core/network/network';
import type { NetworkSettings } from '../../core/network/networkSettings';
import { peerCertificates } from '../../core/network/peerCertificates';
import { classifyTransportError } from '../../core/network/transportError';
import { isLoopback } from '../../core/trust/trustedHosts';
import { Failure, failedTransport, isFailure } from '../../core/base/failure';
import type { Clock } from '../../core/base/clock';
import type { Sessions } from '../../core/sessions/sessions';
import { describe } from '../../editor/messages/messages';
import { answerFindings } from './answerFindings';
import { note, wrong, type Finding } from './finding';
import { folderFinding, folderSilent } from './folderFinding';
import { limited } from './limited';
import { certificateFinding, nameFinding, wayFinding } from './networkFindings';
import { placeFindings, type Place } from './placeFindings';
import { sessionFindings } from './sessionFindings';
import { settingsFindings } from './settingsFindings';

export interface Examined {
  readonly place: Place;
  /** Names of the settings that the person set. */
  readonly settingsInUse: readonly string[];
  /** Sentences that hold nothing of what was typed. */
  readonly settingProblems: readonly string[];
  readonly identityServers: readonly string[];
  /** Those of them that the person's environments name. */
  readonly environmentServers: readonly string[];
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
 * @param signal ends the examination at once
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
    const found = await serverFindings(parts, server, step, signal);
    findings.push(...(isUsed(server, parts) ? found : asNotes(found, new URL(server).host)));
  }
  signal.throwIfAborted();
  step('the storage of sessions');
  findings.push(
    await limited(parts.clock, signal, () => folderFinding(parts.lockFolder), folderSilent),
    ...(await accountFindings(parts, signal)),
  );
  return findings;
}

/** Reltio's own server is offered to everybody; whoever named another may never go there. */
function isUsed(server: string, { environmentServers, sessions }: Examined): boolean {
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
          'You have no environment and no account there: what follows does not stand in your way.',
        ),
        ...findings.map((finding) => (finding.state === 'wrong' ? { ...finding, state: 'note' as const } : finding)),
      ]
    : findings;
}

interface Look {
  readonly about: string;
  /** For the person who waits. */
  readonly what: string;
  readonly run: (limit: AbortSignal) => Promise<readonly Finding[]>;
  /** What to say where the look came to no end. */
  readonly late: () => Finding;
}

/** Each look needs what the ones before it found in order: one cause is told once. */
async function serverFindings(
  parts: Examined,
  server: string,
  step: (what: string) => void,
  signal: AbortSignal,
): Promise<readonly Finding[]> {
  const findings: Finding[] = [wayFinding(new URL(server), parts.network.choice(server), parts.networkSettings)];
  for (const { about, what, run, late } of looks(parts, server)) {
    if (findings.some(({ state }) => state === 'wrong')) {
      findings.push(note(about, 'Not looked at, for the reason above.'));
    } else {
      signal.throwIfAborted();
      step(what);
      findings.push(...(await limited(parts.clock, signal, run, () => [late()])));
    }
  }
  return findings;
}

function looks(parts: Examined, server: string): readonly Look[] {
  const { network, clock } = parts;
  const url = new URL(server);
  const name: Look = {
    about: `Name ${url.hostname}`,
    what: `the name ${url.hostname}`,
    run: async () => [await nameOf(parts, url)],
    late: () => nobodyKnows(url),
  };
  const shown: Look = {
    about: `Certificate of ${url.host}`,
    what: `the certificate of ${url.host}`,
    run: async (limit) => [await certificate(parts, url, limit)],
    late: () => silent(`Certificate of ${url.host}`, url),
  };
  const answer: Look = {
    about: `Answer of ${url.host}`,
    what: `the answer of ${url.host}`,
    run: (limit) => answerFindings(network, server, clock, limit),
    late: () => silent(`Answer of ${url.host}`, url),
  };
  return [...(isLoopback(url.hostname) ? [] : [name]), ...(url.protocol === 'https:' ? [shown] : []), answer];
}

function nameOf({ network }: Examined, url: URL): Promise<Finding> {
  const choice = network.choice(url.href);
  const mayHaveProxy = choice.client === 'host' || choice.route === 'unreadable' || choice.route.kind === 'proxy';
  return nameFinding(url.hostname, mayHaveProxy);
}

function nobodyKnows({ hostname }: URL): Finding {
  return wrong(`Name ${hostname}`, 'Nobody answered who that is.', 'Check your network and your VPN.');
}

function silent(about: string, { host }: URL): Finding {
  return wrong(about, describe(new Failure('timeout', { host })));
}

async function certificate(parts: Examined, url: URL, signal: AbortSignal): Promise<Finding> {
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

/** A keyring may ask the person first, or hang. */
function fromKeyring({ passphrase }: Examined, signal: AbortSignal): Promise<string | undefined> {
  return new Promise((resolve, reject) => {
    signal.addEventListener('abort', () => {
      reject(new Failure('sessionsUnreadable'));
    });
    passphrase().then(resolve, reject);
  });
}

async function accountFindings({ sessions, clock }: Examined, signal: AbortSignal): Promise<readonly Finding[]> {
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
