import { documentedClient, type Client } from '../../src/core/oauth/client';
import { parseJsonObject } from '../../src/core/base/json';
import type { Live } from './live';
import {
  formRequest,
  isSuccess,
  madeUpToken,
  pairIn,
  refreshRequest,
  signInRequest,
  stateTokenIn,
  type Pair,
} from './login';
import { shapeOf } from './shape';

/** Something that Reltio's pages leave open (docs/reltio.md), and that this login can settle. */
export interface Question {
  readonly title: string;
  /** Calls that it takes at most. */
  readonly calls: number;
  /** What may happen to the person or to other tools. Then it is asked only after a yes. */
  readonly risk?: string;
  /** Whether this login can answer it. */
  readonly fits?: (live: Live) => boolean;
  /** What was found: nothing in it is from a person, a customer or a token. */
  readonly ask: (live: Live) => Promise<readonly string[]>;
}

const hasRefreshToken = ({ pair }: Live): boolean => pair.refreshToken !== undefined;
const same = (isSame: boolean): string => (isSame ? 'the same' : 'a new one');

/** In the order in which they are asked: what may end the login comes last. */
export const questions: readonly Question[] = [
  {
    title: 'What does checkToken say, and in which unit is `expiration`?',
    calls: 1,
    ask: async (live) => {
      const { client } = live.credentials;
      const answer = await live.send(formRequest(live.server, '/oauth/checkToken', client, live.pair.accessToken));
      return [shapeOf(answer), ...expirationUnit(answer.kind === 'response' ? answer.body : '', live)];
    },
  },
  {
    title: 'Does checkToken need a client?',
    calls: 1,
    ask: async (live) => [
      shapeOf(await live.send(formRequest(live.server, '/oauth/checkToken', undefined, live.pair.accessToken))),
    ],
  },
  {
    title: 'How does checkToken refuse a token that does not exist?',
    calls: 1,
    ask: async (live) => [
      shapeOf(await live.send(formRequest(live.server, '/oauth/checkToken', live.credentials.client, madeUpToken))),
    ],
  },
  {
    title: 'How is a refresh token refused that does not exist?',
    calls: 1,
    fits: hasRefreshToken,
    ask: async (live) => [shapeOf(await live.send(refreshRequest(live.server, live.credentials.client, madeUpToken)))],
  },
  {
    title: 'How does revoke answer for a token that does not exist, with a client and without one?',
    calls: 2,
    ask: async (live) => [
      `with: ${shapeOf(await live.send(formRequest(live.server, '/oauth/revoke', live.credentials.client, madeUpToken)))}`,
      `without: ${shapeOf(await live.send(formRequest(live.server, '/oauth/revoke', undefined, madeUpToken)))}`,
    ],
  },
  {
    title: 'How does the environment answer: to nobody, to this token, and to a token that does not exist?',
    calls: 3,
    fits: ({ environment }) => environment !== undefined,
    ask: async (live) => [
      `status, without a token: ${shapeOf(await live.send(get(live, '/reltio/status')))}`,
      `tenants: ${shapeOf(await live.send(get(live, TENANTS, live.pair.accessToken)), 'counted')}`,
      `tenants, unknown token: ${shapeOf(await live.send(get(live, TENANTS, madeUpToken)), 'counted')}`,
    ],
  },
  {
    title: 'Does the client of Reltio’s pages still answer?',
    calls: 1,
    fits: ({ credentials }) => credentials.client.id !== documentedClient.id,
    ask: async (live) => [shapeOf(await live.send(refreshRequest(live.server, documentedClient, madeUpToken)))],
  },
  {
    title: 'How is a wrong client secret refused?',
    calls: 1,
    risk: 'This sends a wrong secret of your client once. Nobody documents that this locks a client, but it may be logged as an attack.',
    ask: async (live) => {
      const wrong: Client = { ...live.credentials.client, secret: madeUpToken };
      return [shapeOf(await live.send(refreshRequest(live.server, wrong, madeUpToken)))];
    },
  },
  {
    title: 'Does a second sign-in of the same login return the same tokens?',
    calls: 2,
    risk: 'This signs in once more. If Reltio issues new tokens, those of other tools on this login may end.',
    ask: secondSignIn,
  },
  {
    title: 'What does a refresh return before the token expires, and does the token before it stay valid?',
    calls: 2,
    risk: 'This refreshes the token early. Other tools on this login may have to refresh or to sign in again.',
    fits: hasRefreshToken,
    ask: earlyRefresh,
  },
  {
    title: 'What happens to a login whose access and refresh token are revoked?',
    calls: 4,
    risk: 'This revokes the refresh token. Other tools on this login are signed out, and so is this one: it is the last question.',
    fits: hasRefreshToken,
    ask: revoked,
  },
];

const TENANTS = '/reltio/enhancedTenants?showAll=true';

function get({ environment = '' }: Live, path: string, token?: string): Parameters<Live['send']>[0] {
  return {
    method: 'GET',
    url: environment + path,
    headers: { accept: 'application/json', ...(token === undefined ? {} : { authorization: `Bearer ${token}` }) },
  };
}

function expirationUnit(body: string, { pair, clock }: Live): readonly string[] {
  const expiration = Number(parseJsonObject(body)?.['expiration']);
  const expected = pair.requestedAt + Number(pair.expiresIn) * 1_000;
  if (!Number.isFinite(expiration) || !Number.isFinite(expected)) return [];
  const unit = expiration > clock.now() / 10 ? (['milliseconds', 1] as const) : (['seconds', 1_000] as const);
  const difference = Math.round((expiration * unit[1] - expected) / 1_000);
  return [`\`expiration\` is in ${unit[0]}, ${difference} s from our clock plus \`expires_in\``];
}

async function secondSignIn(live: Live): Promise<readonly string[]> {
  const requestedAt = live.clock.now();
  const answer = await live.send(signInRequest(live.server, live.credentials));
  if (stateTokenIn(answer) !== undefined) return ['it asks for another one-time code, so this was not tried further'];
  const pair = pairIn(answer, requestedAt);
  if (pair === undefined) return [shapeOf(answer)];
  const { pair: before } = live;
  live.pair = pair;
  const older = pair.accessToken === before.accessToken ? [] : [await theOneBefore(live, before)];
  return [...compared(before, pair), ...older];
}

async function earlyRefresh(live: Live): Promise<readonly string[]> {
  const { pair: before } = live;
  const requestedAt = live.clock.now();
  const answer = await live.send(refreshRequest(live.server, live.credentials.client, before.refreshToken ?? ''));
  const pair = pairIn(answer, requestedAt);
  if (pair === undefined) return [shapeOf(answer)];
  // RFC 6749 section 6: without a new refresh token, the old one stays
  live.pair = { ...(before.refreshToken === undefined ? {} : { refreshToken: before.refreshToken }), ...pair };
  const older = pair.accessToken === before.accessToken ? [] : [await theOneBefore(live, before)];
  return [shapeOf(answer), ...compared(before, pair), ...older];
}

function compared(before: Pair, { accessToken, refreshToken, expiresIn }: Pair): readonly string[] {
  return [
    `access token: ${same(accessToken === before.accessToken)}`,
    `refresh token: ${refreshToken === undefined ? 'none' : same(refreshToken === before.refreshToken)}`,
    `\`expires_in\`: ${seconds(expiresIn)}, before ${seconds(before.expiresIn)}`,
  ];
}

async function theOneBefore(live: Live, { accessToken }: Pair): Promise<string> {
  return `the access token before it is ${await live.stateOf(accessToken)}`;
}

async function revoked(live: Live): Promise<readonly string[]> {
  const { accessToken, refreshToken = '' } = live.pair;
  const { client } = live.credentials;
  const answer = await live.send(formRequest(live.server, '/oauth/revoke', client, refreshToken));
  const findings = [`revoke, token in the form: ${shapeOf(answer)}`];
  if (!isSuccess(answer)) return findings;
  const again = await live.send(refreshRequest(live.server, client, refreshToken));
  return [
    ...findings,
    `the access token is ${await live.stateOf(accessToken)}`,
    `a refresh with the revoked token: ${shapeOf(again)}`,
  ];
}

function seconds(expiresIn: unknown): string {
  const number = typeof expiresIn === 'number' || typeof expiresIn === 'string' ? Number(expiresIn) : NaN;
  return Number.isFinite(number) ? `${number} s (a ${typeof expiresIn})` : 'missing';
}
