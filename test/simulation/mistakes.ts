import { Failure } from '../../src/core/base/failure';
import type { HttpClient, HttpResponse } from '../../src/core/oauth/httpClient';
import { neverLost, noLock } from '../../src/core/locking/noLock';
import type { HeldLock } from '../../src/core/locking/lock';
import type { Refresher } from '../../src/core/sessions/refresher';
import type { Session } from '../../src/core/model/session';
import type { SessionStore } from '../../src/core/storage/sessionStore';
import { shouldRefresh, type Tokens } from '../../src/core/model/tokens';
import { pastedTokenClient } from '../../src/core/model/account';
import type { Planted } from './planted';
import type { Scenario } from './scenario';
import {
  askedToWait,
  clientAlone,
  clientWithoutTokens,
  crowd,
  lastSeconds,
  manualRefreshes,
  pastedBesidePassword,
  rejectedTokens,
  signInsDuringRefreshes,
} from './stressScenarios';

export interface Mistake {
  /** What the stress test must be like to show the mistake soon. */
  readonly scenario?: Partial<Scenario>;
  readonly planted: Planted;
  /** The rules that it breaks. */
  readonly noticed: RegExp;
  /** The first seed to try: one that shows the mistake soon. */
  readonly seed: number;
}

// A mistake may reach into private parts of the core. It does so with brackets, which the compiler checks.

function afterEveryChange(
  store: SessionStore,
  map: (before: readonly Session[], after: readonly Session[]) => readonly Session[],
): void {
  for (const name of ['change', 'changeNowOrLater'] as const) {
    const change = store[name].bind(store);
    store[name] = (mutate) =>
      change((before) => {
        const after = mutate(before);
        return after === before ? before : map(before, after);
      });
  }
}

/** Makes one of the two lock checks of a refresh always succeed. */
function trustLock(refresher: Refresher, check: 'beforeSending' | 'afterRejection'): void {
  const locked = refresher['lockedRefresh'];
  const exchangeOrDrop = locked['exchangeOrDrop'].bind(locked);
  const real = new WeakMap<HeldLock, HeldLock>();
  const trusted = (lock: HeldLock): HeldLock => {
    const held = { ...lock, isHeld: () => Promise.resolve(true) };
    real.set(held, real.get(lock) ?? lock);
    return held;
  };
  if (check === 'afterRejection') {
    locked['exchangeOrDrop'] = (session, lock, ongoing) => exchangeOrDrop(session, trusted(lock), ongoing);
  }
  // Before the first refresh, which uses the same object.
  void locked['loadExchange']().then((exchange) => {
    const run = exchange.run.bind(exchange);
    exchange.run = (session, lock, ongoing) =>
      run(session, check === 'beforeSending' ? trusted(lock) : (real.get(lock) ?? lock), ongoing);
  });
}

const withAnswers = (http: HttpClient, map: (answer: HttpResponse) => HttpResponse): HttpClient => ({
  send: async (request, signal) => {
    const answer = await http.send(request, signal);
    return answer.kind === 'response' ? map(answer) : answer;
  },
});

const isPasted = ({ account }: Session): boolean => account.clientId === pastedTokenClient;

const asRejection = (answer: HttpResponse): HttpResponse => ({
  ...answer,
  status: 400,
  body: '{"error":"invalid_grant","error_description":"Invalid refresh token"}',
});

const tokensOf = (sessions: readonly Session[], id: string): Tokens | undefined =>
  sessions.find((session) => session.id === id)?.tokens;

/** "The simulation notices when the core …": each mistake, and the rule that must notice it. */
export const mistakes: Readonly<Record<string, Mistake>> = {
  'does not re-read the sessions before a refresh': {
    seed: 3,
    planted: {
      store: (store) => {
        store.reloadSettled = () => Promise.resolve(store.sessions);
      },
    },
    noticed: /sent after a newer one was stored/,
  },
  'does not re-read the sessions before a write': {
    seed: 3,
    planted: {
      store: (store) => {
        const announced = store['announced'];
        const read = announced.readSettled.bind(announced);
        announced.readSettled = (known) =>
          store.sessions.length === 0 ? read(known) : Promise.resolve({ kind: 'absent' });
      },
    },
    noticed: /dropped although the server still accepts it|was not stored|two sessions|sent after/,
  },
  'does not wait for a write that another window announced': {
    seed: 11,
    planted: {
      store: (store) => {
        const announced = store['announced'];
        announced.readSettled = () => announced.read();
      },
    },
    noticed: /dropped although the server still accepts it|was not stored|sent after|two sessions/,
  },
  'refreshes without the lock': {
    seed: 1,
    planted: {
      lock: (lock) => ({
        acquire: (name, timeout) => (name === 'document' ? lock.acquire(name, timeout) : Promise.resolve(neverLost)),
      }),
    },
    noticed: /two concurrent refreshes of one session/,
  },
  'writes without the lock': {
    seed: 1,
    scenario: crowd,
    planted: {
      lock: (lock) => ({
        acquire: (name, timeout) => (name === 'document' ? noLock : lock).acquire(name, timeout),
      }),
    },
    noticed:
      /dropped although the server still accepts it|was not stored|two sessions|id of the store|sent after|had expired/,
  },
  'does not notice that it has lost a lock': {
    seed: 1,
    scenario: crowd,
    planted: {
      lock: (lock) => ({
        acquire: async (name, timeout) => {
          const held = await lock.acquire(name, timeout);
          return { ...held, isHeld: () => Promise.resolve(true) };
        },
      }),
    },
    noticed: /dropped|sent after|was not stored|two sessions|two concurrent refreshes|had expired|lost its lock/,
  },
  'does not check the lock before a request': {
    seed: 1,
    scenario: crowd,
    planted: {
      refresher: (refresher) => {
        trustLock(refresher, 'beforeSending');
      },
    },
    noticed: /sent a refresh after it had lost its lock/,
  },
  'checks the lock before the wait for a replay, but not after it': {
    seed: 25,
    scenario: askedToWait,
    planted: {
      calls: (calls) => {
        const request = calls.request.bind(calls);
        calls.request = async (server, client, grant, options) => {
          await options?.beforeSending?.();
          return await request(server, client, grant, { ...options, beforeSending: () => Promise.resolve() });
        };
      },
    },
    noticed: /sent a refresh after it had lost its lock/,
  },
  'locks the session instead of the account for a refresh': {
    seed: 32,
    scenario: signInsDuringRefreshes,
    planted: {
      refresher: (refresher) => {
        const locked = refresher['lockedRefresh'];
        const run = locked.run.bind(locked);
        const latest = refresher.latest.bind(refresher);
        const ownLock = (asked: Session): Session => ({ ...asked, account: { ...asked.account, user: asked.id } });
        locked.run = (asked, ongoing) => run(ownLock(asked), ongoing);
        refresher.latest = (asked) => latest(ownLock(asked));
      },
    },
    noticed: /two concurrent refreshes of one session/,
  },
  'does not check the lock after a rejection': {
    seed: 5,
    scenario: rejectedTokens,
    planted: {
      refresher: (refresher) => {
        trustLock(refresher, 'afterRejection');
      },
    },
    noticed: /dropped a refresh token after it had lost its lock/,
  },
  'reuses a revision that was announced but never written': {
    seed: 1,
    scenario: { ...crowd, suspendRate: 0, crashRate: 0.01 },
    planted: {
      store: (store) => {
        store['announced'].nextRevision = ({ revision }) => revision + 1;
      },
    },
    noticed: /announced revision was used again/,
  },
  'extends the expiry when the same token is returned early': {
    seed: 1,
    planted: {
      store: (store) => {
        afterEveryChange(store, (before, after) =>
          after.map((session) => {
            const { tokens } = session;
            const old = tokensOf(before, session.id);
            const isSame = old?.accessToken === tokens.accessToken && old.expiryKnownAt < tokens.expiryKnownAt;
            return isSame
              ? { ...session, tokens: { ...tokens, accessTokenExpiresAt: tokens.expiryKnownAt + 3_600_000 } }
              : session;
          }),
        );
      },
    },
    noticed: /returned .* after it had expired/,
  },
  'loses the refresh token that the server returned': {
    seed: 3,
    planted: {
      store: (store) => {
        afterEveryChange(store, (before, after) =>
          after.map((session) => {
            const refreshToken = tokensOf(before, session.id)?.refreshToken ?? session.tokens.refreshToken;
            return refreshToken === undefined ? session : { ...session, tokens: { ...session.tokens, refreshToken } };
          }),
        );
      },
    },
    noticed: /received refresh token was not stored/,
  },
  'returns a token before it is stored': {
    seed: 1,
    planted: {
      store: (store) => {
        const change = store.changeNowOrLater.bind(store);
        store.changeNowOrLater = async (mutate) => {
          const known = store['known'];
          if (known['current'] === undefined) {
            await change(mutate);
            return;
          }
          known['current'] = { ...known['current'], sessions: mutate(known['current'].sessions) };
          void change(mutate).catch(() => undefined);
        };
      },
    },
    noticed: /returned before it was stored/,
  },
  'takes HTTP 503 for a rejection of the refresh token': {
    seed: 13,
    planted: {
      http: (http) => withAnswers(http, (answer) => (answer.status === 503 ? asRejection(answer) : answer)),
    },
    noticed: /dropped although the server still accepts it/,
  },
  'takes the page of a guest network for a rejection of the refresh token': {
    seed: 4,
    planted: {
      http: (http) =>
        withAnswers(http, (answer) => (answer.body.startsWith('<!DOCTYPE') ? asRejection(answer) : answer)),
    },
    noticed: /dropped although the server still accepts it/,
  },
  'takes a rejected client for a rejection of the refresh token': {
    seed: 9,
    planted: {
      http: (http) =>
        withAnswers(http, (answer) =>
          /"error":"(unauthorized|invalid_client)"/.test(answer.body) ? asRejection(answer) : answer,
        ),
    },
    noticed: /dropped although the server still accepts it/,
  },
  'returns an expired token in an outage': {
    seed: 1,
    planted: {
      sessions: (sessions) => {
        sessions['freshSession']['notExpired'] = (session) => session;
      },
    },
    noticed: /returned .* after it had expired/,
  },
  'keeps a token that was returned expired for a minute': {
    seed: 1,
    scenario: lastSeconds,
    planted: {
      refresher: (refresher) => {
        refresher['withSecondAttempt'] = (asked, ongoing) => refresher['lockedRefresh'].run(asked, ongoing);
      },
      memory: (memory) => {
        const record = memory.record.bind(memory);
        memory.record = (key, failure, now) => {
          const isExpired = failure.code === 'tokenUnchanged';
          record(key, isExpired ? new Failure('tokenUnchanged', { retryAfterMs: 60_000 }) : failure, now);
        };
      },
    },
    noticed: /failed for more than 5 s/,
  },
  'ignores the back-off': {
    seed: 31,
    planted: {
      memory: (memory) => {
        memory.recall = () => undefined;
      },
    },
    noticed: /asked again before the back-off/,
  },
  'refreshes on a timer': {
    seed: 3,
    planted: {
      refresher: (refresher) => {
        const refresh = refresher.refresh.bind(refresher);
        refresher.refresh = (session) => {
          const ongoing = refresh(session);
          refresher['parts'].clock.after(90_000, () => void refresh(session).session.catch(() => undefined));
          return ongoing;
        };
      },
    },
    noticed: /no caller asked for/,
  },
  'repeats a failed request at once': {
    seed: 4,
    planted: {
      http: (http) => ({
        send: async (request, signal) => {
          const answer = await http.send(request, signal);
          const failed = answer.kind === 'failure' || answer.status >= 500;
          return failed && !signal.aborted ? await http.send(request, signal) : answer;
        },
      }),
    },
    noticed: /asked again before the back-off/,
  },
  'renames the account at a refresh': {
    seed: 1,
    planted: {
      store: (store) => {
        afterEveryChange(store, (before, after) =>
          after.map((session) =>
            tokensOf(before, session.id) === undefined
              ? session
              : { ...session, account: { ...session.account, user: session.account.user?.toUpperCase() ?? '' } },
          ),
        );
      },
    },
    noticed: /label of an account changed/,
  },
  'ignores the limits that all windows share': {
    seed: 1,
    scenario: { ...manualRefreshes, days: 0.007, users: 12, faultRate: 0 },
    planted: {
      limits: (limits) => {
        limits.take = () => Promise.resolve(0); // a window has one call at a time for each session, so it stays within five
      },
    },
    noticed: /more than 5 token requests in one second/,
  },
  'refreshes manually although the server asked to wait': {
    seed: 1,
    scenario: manualRefreshes,
    planted: {
      limits: (limits) => {
        limits.requiredWait = () => Promise.resolve(0);
      },
    },
    noticed: /although the server had asked to wait/,
  },
  'asks for the next token of a client in the last minute of the old one': {
    seed: 1,
    scenario: clientAlone,
    planted: {
      sessions: (sessions) => {
        const freshSession = sessions['freshSession'];
        const get = freshSession.get.bind(freshSession);
        freshSession.get = async (id, wait, minimum) => {
          const session = await get(id, wait, minimum);
          const isDue = shouldRefresh(session.tokens, sessions['parts'].clock.now());
          return isDue ? await freshSession.refreshed(session, wait) : session;
        };
      },
    },
    noticed: /asked for its next token although/,
  },
  'asks for the token of a client in each window': {
    seed: 1,
    scenario: clientAlone,
    planted: {
      store: (store) => {
        store.reloadSettled = () => Promise.resolve(store.sessions);
      },
    },
    noticed: /asked for its next token although/,
  },
  'asks for the token of a client without the lock': {
    seed: 1,
    scenario: clientAlone,
    planted: {
      lock: (lock) => ({
        acquire: (name, timeout) => (name === 'document' ? lock.acquire(name, timeout) : Promise.resolve(neverLost)),
      }),
    },
    noticed: /two concurrent refreshes of one session/,
  },
  'stores the refresh token of a client': {
    seed: 1,
    scenario: clientAlone,
    planted: {
      store: (store) => {
        afterEveryChange(store, (_, after) =>
          after.map((session) => ({ ...session, tokens: { ...session.tokens, refreshToken: 'of a client' } })),
        );
      },
    },
    noticed: /refresh token of a client was stored/,
  },
  'authenticates a client in the header and in the body': {
    seed: 1,
    scenario: clientAlone,
    planted: {
      http: (http) => ({
        send: (request, signal) => http.send({ ...request, body: `${request.body ?? ''}&client_secret=s` }, signal),
      }),
    },
    noticed: /in the header and in the body/,
  },
  'forgets that a client must send its secret in the body': {
    seed: 1,
    scenario: { ...clientAlone, clientsAuthenticateBy: 'client_secret_post' },
    planted: {
      clients: (clients) => {
        const save = clients.save.bind(clients);
        clients.save = (server, { id, secret }) => save(server, { id, secret });
      },
    },
    noticed: /failed for more than 5 s/,
  },
  'asks for the token of a client again and again to keep it alive': {
    seed: 1,
    scenario: { ...clientAlone, keepAlive: true },
    planted: {
      keepAlive: (keepAlive) => {
        const check = keepAlive.check.bind(keepAlive);
        const { sessions } = keepAlive['parts'];
        keepAlive.check = () => {
          check();
          sessions.known.forEach((session) => void sessions['parts'].refresher.refresh(session));
        };
      },
    },
    noticed: /asked for its next token although/,
  },
  'asks again at once when the tokens of a client are used up': {
    seed: 1,
    scenario: clientWithoutTokens,
    planted: {
      memory: (memory) => {
        memory.recall = () => undefined;
      },
    },
    noticed: /asked again before the back-off/,
  },
  'refreshes a pasted token through a client that it knows': {
    seed: 2,
    scenario: pastedBesidePassword,
    planted: {
      clients: (clients) => {
        const find = clients.find.bind(clients);
        clients.find = (server, id) => find(server, id === pastedTokenClient ? 'reltio_ui' : id);
      },
      store: (store) => {
        afterEveryChange(store, (_, after) =>
          after.map((session) => (isPasted(session) ? { ...session, renewal: 'clientAgain' } : session)),
        );
      },
    },
    noticed: /that nobody has signed in with/,
  },
  'gives a pasted session the tokens of the same user': {
    seed: 1,
    scenario: pastedBesidePassword,
    planted: {
      store: (store) => {
        afterEveryChange(store, (_, after) => {
          const own = after.find((session) => !isPasted(session));
          return own === undefined ? after : after.map((session) => ({ ...session, tokens: own.tokens }));
        });
      },
    },
    noticed: /pasted token was replaced/,
  },
  'lets a pasted token replace the session of its user': {
    seed: 1,
    scenario: pastedBesidePassword,
    planted: {
      sessions: (sessions) => {
        const add = sessions.add.bind(sessions);
        sessions.add = (signIn) => add({ ...signIn, account: { ...signIn.account, clientId: 'reltio_ui' } });
      },
    },
    noticed: /took the place of a session/,
  },
};
