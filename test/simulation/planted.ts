import { Failure } from '../../src/core/base/failure';
import type { HttpClient, HttpResponse } from '../../src/core/oauth/httpClient';
import type { CallLimits } from '../../src/core/calls/callLimits';
import type { FailureMemory } from '../../src/core/calls/failureMemory';
import { neverLost, noLock } from '../../src/core/locking/noLock';
import type { HeldLock, Lock } from '../../src/core/locking/lock';
import type { OngoingRefresh } from '../../src/core/sessions/ongoingRefresh';
import type { Refresher } from '../../src/core/sessions/refresher';
import type { Session } from '../../src/core/model/session';
import type { SessionDocument } from '../../src/core/storage/sessionDocument';
import type { SessionsMutation } from '../../src/core/storage/sessionsMutation';
import type { SessionStore } from '../../src/core/storage/sessionStore';
import type { Sessions } from '../../src/core/sessions/sessions';
import type { TokenCalls } from '../../src/core/calls/tokenCalls';
import type { Tokens } from '../../src/core/model/tokens';
import { faultFree, type Scenario } from './scenario';

/** A mistake put into a window on purpose, to show that somebody would notice. */
export interface Planted {
  readonly http?: (http: HttpClient) => HttpClient;
  readonly lock?: (lock: Lock) => Lock;
  readonly store?: (store: SessionStore) => void;
  readonly memory?: (memory: FailureMemory) => void;
  readonly limits?: (limits: CallLimits) => void;
  readonly calls?: (calls: TokenCalls) => void;
  readonly refresher?: (refresher: Refresher) => void;
  readonly sessions?: (sessions: Sessions) => void;
}

/** Many windows and accounts that write all the time, and stop while they do. */
const crowd: Partial<Scenario> = {
  days: 0.04,
  windows: 8,
  users: 4,
  callEvery: 4_000,
  outages: 0,
  faultRate: 0,
  suspendRate: 0.02,
  policy: { accessTokenLifetime: 64, refreshReturns: 'rotatedPair' },
};

/** Nothing goes wrong, and somebody asks in the last second of every token. */
const lastSeconds: Partial<Scenario> = {
  ...faultFree,
  days: 0.02,
  windows: 2,
  users: 1,
  callEvery: 1_000,
  policy: { accessTokenLifetime: 120, refreshReturns: 'samePairSameExpiry', returnsExpiredFor: 1_000 },
};

/** The refresh tokens die, and windows stop while they wait for the answer. */
const refusing: Partial<Scenario> = { ...crowd, users: 1, callEvery: 1_000, earlyExpiries: 60, suspendRate: 0.03 };
/** The server asks for some patience all the time, and windows stop while they wait. */
const askedToWait: Partial<Scenario> = { ...crowd, users: 1, callEvery: 1_000, faultRate: 0.6, suspendRate: 0.03 };
/** The server is slow, and gives the same pair to whoever signs in again. */
const signInsDuringRefreshes: Partial<Scenario> = {
  ...crowd,
  users: 2,
  callEvery: 1_000,
  suspendRate: 0,
  faultRate: 0.5,
  earlyExpiries: 60,
  signOuts: 240,
  policy: {
    accessTokenLifetime: 64,
    refreshReturns: 'samePairSameExpiry',
    secondLoginReturns: 'samePair',
    refreshTokenLifetime: 600,
  },
};
/** Most requests fail, and people press Refresh all the time in every window. */
const manyPresses: Partial<Scenario> = {
  ...faultFree,
  days: 0.0105,
  windows: 8,
  users: 2,
  callEvery: 1_000,
  manualRefreshes: 1,
  faultRate: 0.7,
  policy: { accessTokenLifetime: 900, refreshReturns: 'rotatedPair' },
};

export interface Mistake {
  /** What the storm must be like to show it soon. */
  readonly scenario?: Partial<Scenario>;
  readonly planted: Planted;
  /** The rule that is broken by it. */
  readonly noticed: RegExp;
  /** A storm that shows it soon: the first to try. */
  readonly seed: number;
}

/** The parts of the core that a mistake reaches into, private ones included. */
interface Insides {
  reloadSettled(): Promise<readonly Session[]>;
  announced: {
    readSettled(knownStoreId: string | undefined): Promise<unknown>;
    read(): Promise<unknown>;
    nextRevision(document: SessionDocument): number;
  };
  change(mutate: SessionsMutation): Promise<void>;
  changeNowOrLater(mutate: SessionsMutation): Promise<void>;
  lockedRefresh: {
    run(asked: Session, ongoing: OngoingRefresh): Promise<Session>;
    exchangeOrDrop(session: Session, lock: HeldLock, ongoing: OngoingRefresh): Promise<unknown>;
    exchange: { run(session: Session, lock: HeldLock, ongoing: OngoingRefresh): Promise<unknown> };
  };
  latest(session: Session): Promise<Session>;
  withSecondAttempt(asked: Session, ongoing: OngoingRefresh): Promise<Session>;
  freshSession: { notExpired(session: Session): Session };
  known: { current: SessionDocument | undefined };
}

const insides = (part: unknown): Insides => part as Insides;
type Change = Insides['change'];

const everyChange = (
  store: SessionStore,
  map: (before: readonly Session[], after: readonly Session[]) => Session[],
) => {
  for (const way of ['change', 'changeNowOrLater'] as const) {
    const change: Change = store[way].bind(store);
    insides(store)[way] = (mutate) =>
      change((before) => {
        const after = mutate(before);
        return after === before ? before : map(before, after);
      });
  }
};

/** Makes one of the two looks at the lock that a refresh takes believe in it, whatever the folder says. */
const alwaysHeld = (refresher: Refresher, look: 'beforeSending' | 'afterRefusal'): void => {
  const { lockedRefresh } = insides(refresher);
  const { exchange } = lockedRefresh;
  const real = new WeakMap<HeldLock, HeldLock>();
  const run = exchange.run.bind(exchange);
  const exchangeOrDrop = lockedRefresh.exchangeOrDrop.bind(lockedRefresh);
  const believed = (lock: HeldLock): HeldLock => {
    const held = { ...lock, isHeld: () => Promise.resolve(true) };
    real.set(held, real.get(lock) ?? lock);
    return held;
  };
  if (look === 'beforeSending') {
    exchange.run = (session, lock, ongoing) => run(session, believed(lock), ongoing);
  } else {
    lockedRefresh.exchangeOrDrop = (session, lock, ongoing) => exchangeOrDrop(session, believed(lock), ongoing);
    exchange.run = (session, lock, ongoing) => run(session, real.get(lock) ?? lock, ongoing);
  }
};

const answers = (http: HttpClient, map: (answer: HttpResponse) => HttpResponse): HttpClient => ({
  send: async (request, signal) => {
    const answer = await http.send(request, signal);
    return answer.kind === 'response' ? map(answer) : answer;
  },
});

const dead = (answer: HttpResponse): HttpResponse => ({
  ...answer,
  status: 400,
  body: '{"error":"invalid_grant","error_description":"Invalid refresh token"}',
});

const tokensOf = (sessions: readonly Session[], id: string): Tokens | undefined =>
  sessions.find((session) => session.id === id)?.tokens;

/** Each mistake, and the rule that must notice it. */
export const mistakes: Readonly<Record<string, Mistake>> = {
  'drop the re-read before a refresh': {
    seed: 3,
    planted: {
      store: (store) => {
        insides(store).reloadSettled = () => Promise.resolve(store.sessions);
      },
    },
    noticed: /sent after a newer one was stored/,
  },
  'drop the re-read before a write': {
    seed: 3,
    planted: {
      store: (store) => {
        const { announced } = insides(store);
        const read = announced.readSettled.bind(announced);
        announced.readSettled = (known) =>
          store.sessions.length === 0 ? read(known) : Promise.resolve({ kind: 'absent' });
      },
    },
    noticed: /was dropped although the server still accepts it|was not stored|two sessions|sent after/,
  },
  'go on without waiting for a late write': {
    seed: 3,
    planted: {
      store: (store) => {
        const { announced } = insides(store);
        announced.readSettled = () => announced.read();
      },
    },
    noticed: /was dropped although the server still accepts it|was not stored|sent after|two sessions/,
  },
  'refresh without the lock': {
    seed: 1,
    planted: {
      lock: (lock) => ({
        acquire: (name, patience) => (name === 'document' ? lock.acquire(name, patience) : Promise.resolve(neverLost)),
      }),
    },
    noticed: /two concurrent refreshes of one session/,
  },
  'write without the lock': {
    seed: 1,
    scenario: crowd,
    planted: {
      lock: (lock) => ({
        acquire: (name, patience) =>
          name === 'document' ? noLock.acquire(name, patience) : lock.acquire(name, patience),
      }),
    },
    noticed:
      /was dropped although the server still accepts it|was not stored|two sessions|id of the store|sent after|after it had expired/,
  },
  'not notice a lock that was lost': {
    seed: 1,
    scenario: crowd,
    planted: {
      lock: (lock) => ({
        acquire: async (name, patience) => {
          const held = await lock.acquire(name, patience);
          return { ...held, isHeld: () => Promise.resolve(true) };
        },
      }),
    },
    noticed:
      /dropped|sent after|was not stored|two sessions|two concurrent refreshes|after it had expired|lost its lock/,
  },
  'not ask for the lock before the request': {
    seed: 1,
    scenario: crowd,
    planted: { refresher: (refresher) => alwaysHeld(refresher, 'beforeSending') },
    noticed: /sent a refresh after it had lost its lock/,
  },
  'ask for the lock before the wait for a replay, and not after it': {
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
  'refresh under a lock of the session, not of the account': {
    seed: 17,
    scenario: signInsDuringRefreshes,
    planted: {
      refresher: (refresher) => {
        const inside = insides(refresher);
        const ofSession = (asked: Session) => ({ ...asked, account: { ...asked.account, user: asked.id } });
        const run = inside.lockedRefresh.run.bind(inside.lockedRefresh);
        inside.lockedRefresh.run = (asked, ongoing) => run(ofSession(asked), ongoing);
        const latest = inside.latest.bind(refresher);
        inside.latest = (asked) => latest(ofSession(asked));
      },
    },
    noticed: /two concurrent refreshes of one session/,
  },
  'not ask for the lock after a definite refusal': {
    seed: 5,
    scenario: refusing,
    planted: { refresher: (refresher) => alwaysHeld(refresher, 'afterRefusal') },
    noticed: /dropped a refresh token after it had lost its lock/,
  },
  'use a revision again that was announced and never came': {
    seed: 1,
    scenario: { ...crowd, suspendRate: 0, crashRate: 0.01 },
    planted: {
      store: (store) => {
        insides(store).announced.nextRevision = ({ revision }) => revision + 1;
      },
    },
    noticed: /revision was used again/,
  },
  'extend the same bytes early': {
    seed: 1,
    planted: {
      store: (store) => {
        everyChange(store, (before, after) =>
          after.map((session) => {
            const old = tokensOf(before, session.id);
            const isSame =
              old?.accessToken === session.tokens.accessToken && old.expiryKnownAt < session.tokens.expiryKnownAt;
            const accessTokenExpiresAt = session.tokens.expiryKnownAt + 3_600_000;
            return isSame
              ? { ...session, tokens: { ...session.tokens, accessTokenExpiresAt: accessTokenExpiresAt } }
              : session;
          }),
        );
      },
    },
    noticed: /returned .* after it had expired/,
  },
  'lose the returned refresh token': {
    seed: 3,
    planted: {
      store: (store) => {
        everyChange(store, (before, after) =>
          after.map((session) => {
            const refreshToken = tokensOf(before, session.id)?.refreshToken ?? session.tokens.refreshToken;
            return refreshToken === undefined ? session : { ...session, tokens: { ...session.tokens, refreshToken } };
          }),
        );
      },
    },
    noticed: /received refresh token was not stored/,
  },
  'hand out before writing': {
    seed: 1,
    planted: {
      store: (store) => {
        const change = store.changeNowOrLater.bind(store);
        insides(store).changeNowOrLater = async (mutate) => {
          const { known } = insides(store);
          if (known.current === undefined) {
            await change(mutate);
            return;
          }
          known.current = { ...known.current, sessions: mutate(known.current.sessions) };
          void change(mutate).catch(() => undefined);
        };
      },
    },
    noticed: /returned before it was stored/,
  },
  'treat 503 as the death of the refresh token': {
    seed: 13,
    planted: { http: (http) => answers(http, (answer) => (answer.status === 503 ? dead(answer) : answer)) },
    noticed: /was dropped although the server still accepts it/,
  },
  'treat a guest network as the death of the refresh token': {
    seed: 4,
    planted: {
      http: (http) => answers(http, (answer) => (answer.body.startsWith('<!DOCTYPE') ? dead(answer) : answer)),
    },
    noticed: /was dropped although the server still accepts it/,
  },
  'treat a rejected client as the death of the refresh token': {
    seed: 9,
    planted: {
      http: (http) =>
        answers(http, (answer) =>
          /"error":"(unauthorized|invalid_client)"/.test(answer.body) ? dead(answer) : answer,
        ),
    },
    noticed: /was dropped although the server still accepts it/,
  },
  'hand out an ended token in bad weather': {
    seed: 1,
    planted: {
      sessions: (sessions) => {
        insides(sessions).freshSession.notExpired = (session) => session;
      },
    },
    noticed: /returned .* after it had expired/,
  },
  'leave a token that came back expired for a minute': {
    seed: 1,
    scenario: lastSeconds,
    planted: {
      refresher: (refresher) => {
        const inside = insides(refresher);
        inside.withSecondAttempt = (asked, ongoing) => inside.lockedRefresh.run(asked, ongoing);
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
  'forget the back-off': {
    seed: 31,
    planted: {
      memory: (memory) => {
        memory.recall = () => undefined;
      },
    },
    noticed: /asked again before the back-off/,
  },
  'ask on a timer': {
    seed: 3,
    planted: {
      refresher: (refresher) => {
        const refresh = refresher.refresh.bind(refresher);
        const parts = (refresher as unknown as { parts: { clock: { after(ms: number, run: () => void): void } } })
          .parts;
        refresher.refresh = (session) => {
          const flight = refresh(session);
          parts.clock.after(90_000, () => void refresh(session).session.catch(() => undefined));
          return flight;
        };
      },
    },
    noticed: /no caller asked for/,
  },
  'send again what failed': {
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
  'rename the account at a refresh': {
    seed: 1,
    planted: {
      store: (store) => {
        everyChange(store, (before, after) =>
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
  'forget the limits that all windows share': {
    seed: 1,
    scenario: { ...manyPresses, days: 0.007, users: 12, faultRate: 0 },
    planted: {
      limits: (limits) => {
        limits.take = () => Promise.resolve(0); // each window has one call a session at a time, so it is within its own five
      },
    },
    noticed: /more than 5 token requests in one second/,
  },
  'ask by hand although the server wants to be left alone': {
    seed: 1,
    scenario: manyPresses,
    planted: {
      limits: (limits) => {
        limits.patienceFor = () => Promise.resolve(0);
      },
    },
    noticed: /although the server had asked to wait/,
  },
};
