import type { Clock } from '../../src/core/base/clock';
import type { HttpClient } from '../../src/core/oauth/httpClient';
import { checkAddress, defaultTrustedSuffixes, wouldExpose } from '../../src/core/trust/trustedHosts';
import { ExpectedError } from '../process/stop';
import { AskedToPause, Live } from './live';
import type { Person } from './person';
import { questions } from './questions';
import { reportOf, type Finding } from './report';
import { askForCredentials, signIn } from './signIn';

interface Parts {
  readonly person: Person;
  readonly http: HttpClient;
  readonly clock: Clock;
  /** The version of the extension. */
  readonly version: string;
  /** Milliseconds between two calls. */
  readonly pause?: number;
}

const RELTIO = 'https://auth.reltio.com';

/**
 * Asks a real Reltio what its pages leave open, with the person's own login.
 *
 * @returns a report without anything secret or personal
 * @throws {ExpectedError} if nobody is signed in at the end of the first step
 */
export async function liveProof({ person, http, clock, version, pause }: Parts): Promise<string> {
  person.say(INTRODUCTION);
  const server = (await askForAddress(person, `Identity server (Enter: ${RELTIO}):`)) ?? RELTIO;
  const environment = await askForAddress(person, 'API address of a development environment (Enter: none):');
  if (environment !== undefined && wouldExpose(server, environment)) {
    throw new ExpectedError('A token of this server must not go to an address with http. Nothing was sent.');
  }
  const credentials = await askForCredentials(person);
  const signedIn = await signIn(http, clock, server, credentials, person, pause);
  const live = new Live(http, clock, server, credentials, environment, signedIn, pause);
  const findings: Finding[] = [{ title: 'What does a sign-in return?', lines: signedIn.findings }];
  try {
    for (const { title, risk, calls, fits, ask } of questions) {
      if (fits?.(live) === false) continue;
      person.say(`\n${title}`);
      const agreed =
        risk === undefined ||
        (await person.agrees(`${risk} It takes ${calls === 1 ? 'one call' : `up to ${calls} calls`}.`));
      const lines = agreed ? await ask(live) : ['left out'];
      findings.push({ title, lines });
      lines.forEach((line) => {
        person.say(`  ${line}`);
      });
    }
  } catch (error) {
    if (!(error instanceof AskedToPause)) throw error;
    person.say('\nReltio asks for fewer calls (HTTP 429), so nothing more is sent.');
    findings.push({ title: 'Stopped early', lines: ['HTTP 429: nothing more was sent'] });
  }
  return reportOf(live, findings, version);
}

const INTRODUCTION = `This asks Reltio what its pages leave open, with a login of yours, in about 20 calls.
Use an account that no pipeline depends on. What you enter stays in memory until this program ends. The report says how answers
look, and never what is in them: no names, no tokens, no tenants. Read it before you publish it.`;

/** @throws {ExpectedError} if a secret should not be sent there */
async function askForAddress(person: Person, question: string): Promise<string | undefined> {
  const text = await person.ask(question);
  if (text === '') return undefined;
  const checked = checkAddress(text, defaultTrustedSuffixes);
  if (checked.ok) return checked.origin;
  const other = checked.problem === 'notTrusted' ? new URL(text).hostname : '';
  const its = checkAddress(text, [other]);
  if (!its.ok) throw new ExpectedError(`This is not an address such as ${RELTIO}. Nothing was sent.`);
  if (!(await person.agrees(`${its.host} is not below reltio.com, and gets what you enter next.`))) {
    throw new ExpectedError('Nothing was sent.');
  }
  return its.origin;
}
