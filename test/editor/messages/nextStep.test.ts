import '../../fakes/fakeQuickInput';
import { shownMessages } from '../../fakes/fakeVscode';
import assert from 'node:assert/strict';
import { Failure, isFailure, type FailureCode } from '../../../src/core/base/failure';
import { failureTable } from '../../../src/core/base/failureTable';
import { pastedTokenClient } from '../../../src/core/model/account';
import { canRefresh } from '../../../src/core/model/refreshMeans';
import { remedyOf } from '../../../src/core/model/remedy';
import type { Session } from '../../../src/core/model/session';
import { withoutRefreshToken } from '../../../src/core/model/tokens';
import { describe as inWords, remedyFor, whatHappened } from '../../../src/editor/messages/messages';
import { nextStep } from '../../../src/editor/messages/nextStep';
import { remedyOffers } from '../../../src/editor/messages/offerRemedy';
import { remedyButtons } from '../../../src/editor/messages/remedyButtons';
import { rejectionText } from '../../../src/features/provider/rejectionText';
import { sessionFindings } from '../../../src/features/diagnosis/sessionFindings';
import { methods } from '../../../src/features/signIn/methods/methods';
import { detailsText } from '../../../src/features/statusBar/details/detailsText';
import { menuSections } from '../../../src/features/statusBar/menu';
import type { StatusState } from '../../../src/features/statusBar/state';
import { tooltipText } from '../../../src/features/statusBar/tooltip';
import { statusView } from '../../../src/features/statusBar/view';
import { whoAmIText } from '../../../src/features/whoAmI/whoAmIText';
import { monday } from '../../fakes/fakeClock';
import { answer, badClient, expiredRefreshToken, invalidRefreshToken, pair } from '../../fakes/fakeHttp';
import { Installation } from '../../fakes/installation';
import { jane, pastedSession, robotSession, sampleSession, sampleTokens } from '../../fakes/sampleSession';
import { sampleEnvironment } from '../../fakes/sampleEnvironment';
import { sampleState } from '../../fakes/sampleState';

const hour = 3_600_000;

/** A session of each method, as a sign-in leaves it. */
const kinds: Readonly<Record<string, Session>> = {
  password: sampleSession(),
  'password, without a refresh token': sampleSession({ tokens: withoutRefreshToken(sampleTokens()) }),
  identityProvider: sampleSession({ method: { kind: 'identityProvider', idpSystem: 'salesforce' } }),
  browser: sampleSession({ method: { kind: 'browser', tenant: 'abc123' } }),
  pastedCallback: sampleSession({ method: { kind: 'pastedCallback', tenant: 'abc123' } }),
  loginPage: sampleSession({
    account: { ...jane, clientId: 'registered-7' },
    method: { kind: 'loginPage', registersClient: true, environment: 'https://dev.reltio.com' },
  }),
  clientCredentials: robotSession(),
  pastedToken: pastedSession({ method: { kind: 'pastedToken' } }),
};

/** How a text or a button proposes a step. */
const proposals = {
  refresh: /(?<!\b(a|no|newest) )refresh (access )?token|\$\(sync\) refresh|"Reltio: Refresh/i,
  renew: /\brenew\b/i,
  signIn: /\bsign in\b(?!" and paste)/i,
  pasteToken: /paste another (token|one)/i,
  updateClientSecret: /update (the )?client secret|enter it again/i,
} as const;
type Step = keyof typeof proposals;

/** Whether a step can bring this session another token. Independent of what the product thinks. */
function canWork(step: Step, session: Session): boolean {
  const isPasted = session.method.kind === 'pastedToken';
  switch (step) {
    case 'refresh':
      return canRefresh(session);
    case 'renew':
      return !isPasted;
    case 'pasteToken':
      return isPasted;
    case 'signIn':
      return !isPasted; // it opens the box for a token, but the text has to say so
    case 'updateClientSecret':
      return !isPasted && session.method.kind !== 'loginPage';
  }
}

function onlyWorkable(session: Session, text: string, where: string): void {
  for (const [step, words] of Object.entries(proposals) as [Step, RegExp][]) {
    assert.ok(!words.test(text) || canWork(step, session), `${where} proposes ${step}: ${text}`);
  }
}

/** What an identity server, or something in its place, may answer. */
const answers = {
  'another token': pair('a1', 'r1'),
  'the same token': pair('a0', 'r0', 1),
  'no access token': answer(200, {}),
  'refresh token unknown': invalidRefreshToken(),
  'refresh token expired': expiredRefreshToken(),
  'client rejected': badClient,
  'grant not allowed': answer(400, { error: 'unauthorized_client' }),
  'account locked': answer(400, { error: 'invalid_grant', error_description: 'User account is locked' }),
  'password expired': answer(400, { error: 'invalid_grant', error_description: 'User credentials have expired' }),
  forbidden: answer(403),
  'too many requests': answer(429),
  'internal error': answer(503),
  'a page': answer(200, '<html>', { 'content-type': 'text/html' }),
  'a redirect': answer(302),
  'no endpoint': answer(404),
  'no answer': { kind: 'failure', code: 'dns' },
} as const;

describe('the next step', () => {
  it('is known for a session of every method', () => {
    const covered = new Set(Object.values(kinds).map(({ method }) => method.kind));
    assert.deepEqual([...covered].toSorted(), methods.map(({ kind }) => kind).toSorted());
  });

  for (const [kind, session] of Object.entries(kinds)) {
    describe(`of a session by ${kind} can work`, () => {
      const clientId = session.account.clientId === pastedTokenClient ? 'reltio_ui' : session.account.clientId;
      const client = {
        id: clientId,
        secret: 'secret',
        ...(kind === 'loginPage' ? ({ secret: '', authentication: 'none', registeredFor: 'x' } as const) : {}),
      };
      /** The texts of the status bar, its menu, its tooltip, the details and the diagnosis. */
      const everywhere = (state: StatusState, now: number): Readonly<Record<string, string>> => {
        const shown = state.session!;
        const [finding] = sessionFindings([shown], now, () => state.outage?.failure);
        return {
          'the status bar': statusView(state, now, 'focused').text,
          'the spoken label': statusView(state, now, 'focused').spoken,
          'the tooltip': tooltipText(state, now, 'focused').replace(/\(command:[^)]*\)/g, ''),
          'the details': detailsText([state], state, now),
          'the menu': menuSections(state, [], now)[0]!
            .entries.map(({ label }) => label)
            .join(', '),
          'the diagnosis': `${finding?.says ?? ''} ${finding?.next ?? ''}`,
        };
      };

      for (const [what, reply] of Object.entries(answers)) {
        for (const [when, later] of [
          ['before', hour / 2],
          ['after', hour],
        ] as const) {
          it(`where the server returns ${what}, ${when} its expiry`, async () => {
            const calls = {
              'a request': (core: ReturnType<Installation['openCore']>) => core.sessions.fresh(session.id, 5_000),
              Refresh: (core: ReturnType<Installation['openCore']>) => core.sessions.refreshNow(session.id),
              'a report': (core: ReturnType<Installation['openCore']>) =>
                core.real.reportRejected(session.tokens.accessToken),
            };
            for (const [where, call] of Object.entries(calls)) {
              const installation = new Installation().alone();
              await installation.clock.pass(later);
              const core = installation.openCore();
              await core.holds(session, client);
              installation.http.always = reply;
              const outcome: unknown = await installation.clock.finish(call(core).catch((error: unknown) => error));
              const now = installation.clock.now();
              if (isFailure(outcome)) {
                const button = remedyFor(outcome);
                const title = button === undefined ? '' : remedyButtons[button].title;
                onlyWorkable(session, `${inWords(outcome)} [${title}]`, where);
              } else if (where === 'a report' && what !== 'password expired') {
                onlyWorkable(session, rejectionText(outcome as never), where); // that password is the user's, whatever they pasted
              }
              const stored = core.sessions.known[0]!;
              const { outage, isRefreshing } = core.sessions.activity(stored);
              const state = sampleState({ session: stored, outage, isRefreshing });
              for (const [place, text] of Object.entries(everywhere(state, now))) {
                onlyWorkable(stored, text, `after ${where}, ${place}`);
              }
              shownMessages.length = 0;
              remedyOffers(installation.clock)(stored);
              onlyWorkable(session, shownMessages.flatMap(({ texts }) => texts).join(' '), 'the message');
            }
          });
        }
      }

      it('where no secret of its client is stored', async () => {
        const installation = new Installation().alone();
        await installation.clock.pass(hour);
        const core = installation.openCore();
        await core.holds(session, client);
        await core.clients.forget();
        const outcome: unknown = await installation.clock.finish(
          core.sessions.fresh(session.id).catch((error: unknown) => error),
        );
        assert.ok(isFailure(outcome));
        onlyWorkable(session, `${inWords(outcome)} ${remedyFor(outcome) ?? ''}`, 'the message');
        const stored = core.sessions.known[0]!;
        const state = sampleState({ session: stored, outage: core.sessions.activity(stored).outage });
        for (const [place, text] of Object.entries(everywhere(state, installation.clock.now()))) {
          onlyWorkable(session, text, place);
          const isShort = place === 'the diagnosis'; // it says what is wrong with the server instead, or nothing
          assert.ok(
            isShort || kind !== 'loginPage' || proposals.signIn.test(text),
            `${place} says what helps: ${text}`,
          );
        }
      });

      it('in Who Am I, whatever keeps a server from answering', () => {
        const codes = (Object.keys(failureTable) as FailureCode[]).filter((code) => {
          const { group } = failureTable[code];
          const isOwnClient = group === 'client' && kind !== 'pastedToken'; // it has none, so any other client is tried
          return isOwnClient || ['refusal', 'answer', 'offline'].includes(group);
        });
        for (const code of codes) {
          const check = new Failure(code, { host: 'auth.reltio.com', status: 401 });
          const tenants = new Failure(code, { host: 'dev.reltio.com', status: 401 });
          const environment =
            failureTable[code].group === 'client' ? 'none' : { is: sampleEnvironment('dev'), tenants };
          const findings = { session, askedAt: monday, check, environment, content: 'opaque' } as const;
          onlyWorkable(session, whoAmIText(findings), `Who Am I after ${code}`);
        }
        for (const check of ['noClient', 'notValid'] as const) {
          const findings = { session, askedAt: monday, check, environment: 'notChosen', content: 'opaque' } as const;
          onlyWorkable(session, whoAmIText(findings), `Who Am I: ${check}`);
        }
      });

      it('where an environment refuses its token, and is named', () => {
        for (const now of [monday, monday + hour]) {
          const step = nextStep(session, now);
          const text = inWords(new Failure('tokenNotAccepted', { host: 'dev.reltio.com', status: 401 }), step);
          assert.ok(text.length <= 240, String(text.length));
          onlyWorkable(session, text, 'the sentence');
          const proposed = (Object.keys(proposals) as Step[]).filter((one) => proposals[one].test(text));
          assert.deepEqual(proposed, [remedyOf(session, now) ?? 'refresh'], text);
          assert.match(text, /If that does not help, check "authUrl"/);
        }
      });
    });
  }

  it('is none that needs a session where none is known, as the failure may be about any', () => {
    const text = inWords(new Failure('tokenNotAccepted', { host: 'dev.reltio.com', status: 401 }));
    for (const words of Object.values(proposals)) assert.doesNotMatch(text, words);
  });

  it('is left out of what happened, where there is nothing left to try', () => {
    for (const code of Object.keys(failureTable) as FailureCode[]) {
      const details = { host: 'auth.reltio.com', status: 503, nodeCode: 'ENOTFOUND' };
      for (const failure of [new Failure(code, details), new Failure(code, { ...details, retryAt: monday })]) {
        const text = whatHappened(failure);
        assert.match(text, /^[^\n]{10,200}\.$/, code);
        assert.ok(inWords(failure).startsWith(text));
        assert.doesNotMatch(
          text,
          /(^|\. )(Check|Try|Run|Update|Ask|Sign|Wait|Set|Enter|Paste|Renew|Close|Open|Unlock)\b/,
          code,
        );
      }
    }
  });
});
