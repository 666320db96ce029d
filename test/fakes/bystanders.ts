import assert from 'node:assert/strict';
import type { Client } from '../../src/core/oauth/client';
import type { Session } from '../../src/core/model/session';
import { monday } from './fakeClock';
import { jane, sampleSession, sampleTokens } from './sampleSession';
import type { Installation } from './installation';

/** Accounts that are signed in besides the account under test. */
export interface Bystander {
  readonly session: Session;
  /** The secret of their client, if it is not Jane's client. */
  readonly clientSecret: string | undefined;
}

const day = 24 * 3_600_000;

/** Another user, the same user at another identity server, and the same user through another client. */
export const bystanders: readonly Bystander[] = [
  bystander('zoe', { user: 'zoe@acme.com' }, undefined),
  bystander('jane-eu', { identityServer: 'https://auth-eu.reltio.com' }, 'secret of the EU'),
  bystander('jane-reports', { clientId: 'acme_reports_eu' }, 'secret of the reports'),
];

/** They signed in before all other accounts, and their tokens are valid longer than any test runs. */
function bystander(id: string, account: Partial<typeof jane>, clientSecret: string | undefined): Bystander {
  const tokens = sampleTokens({
    accessToken: `access-of-${id}`,
    refreshToken: `refresh-of-${id}`,
    accessTokenExpiresAt: monday + 400 * day,
    refreshTokenReceivedAt: monday + 400 * day,
  });
  const session = sampleSession({ id, account: { ...jane, ...account }, signedInAt: monday - 100 * day, tokens });
  return { session, clientSecret };
}

const watched = new Set<Installation>();

/** From now until the test ends, nothing may happen to the bystanders of this installation. */
export function watch(installation: Installation): void {
  watched.add(installation);
}

/** For a test that removes or replaces every account itself. */
export function stopWatching(installation: Installation): void {
  watched.delete(installation);
}

/** `npm run mutate` runs each test many times in one process. */
const checked = new WeakSet<Mocha.Test>();

/** The check is part of each test: a failed `afterEach` would end the whole run. */
beforeEach(function () {
  watched.clear();
  const test = this.currentTest;
  const run = test?.fn as Mocha.AsyncFunc | undefined;
  if (test !== undefined && run !== undefined && !checked.has(test)) {
    checked.add(test);
    test.fn = async function (this: Mocha.Context) {
      await run.call(this);
      watched.forEach(assertUntouched);
    };
  }
});

/** Their sessions and their clients' secrets are as they were, and no request was made with their tokens. */
function assertUntouched({ secrets, http }: Installation): void {
  const sessions = secrets.json('sessions')?.['sessions'] as readonly Session[] | undefined;
  if (sessions === undefined) {
    return; // the test has put something else in its place
  }
  const clients = secrets.json('clients')?.['clients'] as readonly (Client & { identityServer: string })[];
  for (const { session, clientSecret } of bystanders) {
    const { id, account, tokens } = session;
    const found: Session | undefined = sessions.find((one) => one.id === id);
    assert.deepEqual(found, session, `another account's session has changed: ${id}`);
    const { identityServer, clientId } = account;
    const client = clients.find((one) => one.id === clientId && one.identityServer === identityServer);
    assert.equal(client?.secret, clientSecret ?? client?.secret, `another account's client has changed: ${id}`);
    const theirs = [tokens.accessToken, tokens.refreshToken];
    const used = http.requests.filter(({ form }) => Object.values(form).some((value) => theirs.includes(value)));
    assert.deepEqual(used, [], `a request was made with another account's token: ${id}`);
  }
}
