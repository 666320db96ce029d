import type { Clock } from '../../src/core/base/clock';
import { documentedClient, type Client } from '../../src/core/oauth/client';
import type { HttpClient } from '../../src/core/oauth/httpClient';
import { ExpectedError } from '../process/stop';
import { send } from './live';
import { codeRequest, pairIn, signInRequest, stateTokenIn, type Answer, type Credentials, type Pair } from './login';
import type { Person } from './person';
import { shapeOf } from './shape';

interface SignedIn {
  readonly credentials: Credentials;
  readonly pair: Pair;
  readonly calls: number;
  readonly findings: readonly string[];
}

/** Asks for the client and, unless the client is to sign in itself, for a user. */
export async function askForCredentials(person: Person): Promise<Credentials> {
  const client = await askForClient(person);
  const name = await person.ask('User name (Enter: the client signs in itself, with client credentials):');
  return name === '' ? { client } : { client, user: { name, password: await person.askSecret('Password:') } };
}

async function askForClient(person: Person): Promise<Client> {
  const id = await person.ask(`Client id (Enter: ${documentedClient.id}, as on Reltio's pages):`);
  if (id === '') return documentedClient;
  return { id, secret: await person.askSecret(`Secret of ${id}:`) };
}

/**
 * A password is sent once: five wrong ones lock an account.
 *
 * @throws {ExpectedError} if there is no token
 */
export async function signIn(
  http: HttpClient,
  clock: Clock,
  server: string,
  credentials: Credentials,
  person: Person,
  pause?: number,
): Promise<SignedIn> {
  const findings: string[] = [];
  let calls = 0;
  const sent = async (request: Parameters<HttpClient['send']>[0]): Promise<{ answer: Answer; at: number }> => {
    const at = clock.now();
    const answer = await send(http, clock, request, pause);
    calls += 1;
    findings.push(shapeOf(answer));
    return { answer, at };
  };
  let { answer, at } = await sent(signInRequest(server, credentials));
  const stateToken = stateTokenIn(answer);
  if (stateToken !== undefined) {
    const code = await person.askSecret('One-time code:');
    ({ answer, at } = await sent(codeRequest(server, credentials.client, stateToken, code)));
  }
  const pair = pairIn(answer, at);
  if (pair === undefined) {
    throw new ExpectedError(`The sign-in brought no token: ${shapeOf(answer)}\nNothing else was sent.`);
  }
  return { credentials, pair, calls, findings };
}
