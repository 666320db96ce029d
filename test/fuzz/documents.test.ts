import assert from 'node:assert/strict';
import fc from 'fast-check';
import { accountId, accountLabel, parseAccountId } from '../../src/core/model/account';
import { Failure } from '../../src/core/base/failure';
import { parseJsonObject } from '../../src/core/base/json';
import { ClientStore } from '../../src/core/storage/clientStore';
import { noLock } from '../../src/core/locking/noLock';
import { remedyOf } from '../../src/core/model/remedy';
import { SecretDocument } from '../../src/core/storage/secretDocument';
import type { Session } from '../../src/core/model/session';
import { methods } from '../../src/features/signIn/methods/methods';
import { parseTokens, sessionFormat } from '../../src/core/storage/sessionDocument';
import { isState } from '../../src/core/storage/stateFile';
import { timeLeft, refreshTokenExpiry, shouldRefresh } from '../../src/core/model/tokens';
import { clickCommand } from '../../src/features/statusBar/click';
import { menuSections } from '../../src/features/statusBar/menu';
import { detailsMarkdown } from '../../src/features/statusBar/details/detailsMarkdown';
import { detailsText } from '../../src/features/statusBar/details/detailsText';
import type { StatusState } from '../../src/features/statusBar/state';
import { tooltipCommands, tooltipText } from '../../src/features/statusBar/tooltip';
import { statusView } from '../../src/features/statusBar/view';
import { FakeClock, monday } from '../fakes/fakeClock';
import { FakeSecrets } from '../fakes/fakeSecrets';
import { RecordingLog } from '../fakes/recordingLog';
import { sampleSession, sampleTokens } from '../fakes/sampleSession';
import { sampleState } from '../fakes/sampleState';
import { canary } from './hostile';
import { mutated, mutatedText } from './mutations';
import { fuzz } from './fuzz';

const tokens = sampleTokens({ accessToken: `a-${canary}`, refreshToken: `r-${canary}` });
const jane = sampleSession({ tokens });
const omar: Session = {
  ...jane,
  id: 'omar',
  account: { identityServer: 'https://login.acme.com:8443', clientId: 'acme', user: 'omar@acme.com' },
  method: { kind: 'identityProvider', idpSystem: 'salesforce' },
  refreshErrors: { from: monday, to: monday + 7_200_000 },
};
const { refreshToken: _none, refreshTokenReceivedAt: _never, ...bare } = tokens;
const service: Session = {
  ...jane,
  id: 'service',
  state: 'rejected',
  account: { identityServer: 'http://127.0.0.1:8080', clientId: 'batch' },
  tokens: { ...bare, expiryIsEstimate: true },
};
const document = {
  version: 1,
  storeId: 'store',
  revision: 7,
  sessions: [jane, omar, service],
  unreadable: [{ kind: 'of a later version' }],
  formerRefreshTokens: [{ hash: 'abc', receivedAt: monday }],
};

const format = sessionFormat(methods);

const outages: readonly StatusState['outage'][] = [
  undefined,
  { failure: new Failure('dns', { host: 'auth.reltio.com' }), since: monday },
  { failure: new Failure('clientUnknown', { host: 'auth.reltio.com' }), since: monday },
];
const moments = [monday, monday + 3_590_000, monday + 5_000_000, monday + 30 * 86_400_000];

/** One input in this many is shown in the views, because formatting its times takes longer than all the rest. */
const viewedEvery = 10;

/** Everything that a user sees of a session, and what must hold for it. */
function assertViews(session: Session, others: readonly Session[], count: number): void {
  const now = moments[count % moments.length] ?? monday;
  const { accessTokenExpiresAt: accessTokenExpiresAt, expiryKnownAt: expiryKnownAt } = session.tokens;
  const left = timeLeft(session.tokens, now);
  assert.ok(
    Number.isFinite(left) && left >= 0 && left <= Math.max(accessTokenExpiresAt - expiryKnownAt, 0),
    `${left} left`,
  );
  const state = sampleState({
    session,
    isNamed: others.length > 1,
    outage: outages[count % outages.length],
    refreshTokenExpiresAt: refreshTokenExpiry(session.tokens, 28),
    isRefreshing: count % 5 === 0,
  });
  const attention = (['focused', 'visible', 'idle'] as const)[count % 3] ?? 'focused';
  const view = statusView(state, now, attention);
  assert.ok(view.nextChange === undefined || (Number.isFinite(view.nextChange) && view.nextChange > 0));
  const tooltip = tooltipText(state, now, attention);
  const details = detailsMarkdown([state], state, now);
  const texts = [
    view.text,
    view.spoken,
    tooltip,
    detailsText([state], state, now),
    details,
    ...menuSections(state, others, now).flatMap(({ title, entries }) => [title, ...entries.map(({ label }) => label)]),
    clickCommand('reltioAuth.refreshToken', state, now).command,
  ];
  for (const text of texts) {
    assert.ok(!text.includes(canary), `a token in: ${text}`);
    assert.doesNotMatch(text, /\b(NaN|Infinity|Invalid Date|undefined)\b/);
  }
  assertLinks(tooltip);
  assert.doesNotMatch(details.replace(/`[^`\n]*`|\\./g, ''), /[[\]<@]|:\/\//, 'a link or a tag in the details');
  remedyOf(session, now, outages[count % outages.length]?.failure);
  shouldRefresh(session.tokens, now);
}

/** Every link of a tooltip is one of our own commands. */
function assertLinks(markdown: string): void {
  for (const [, command] of markdown.matchAll(/(?<!\\)\]\(([^)?]*)/g)) {
    assert.ok(
      tooltipCommands.some((known) => command === `command:${known}`),
      `a link in: ${markdown}`,
    );
  }
}

describe('hostile documents', () => {
  let count = 0;

  fuzz('the sessions, in every view', mutatedText(document), (text) => {
    count += 1;
    const json = parseJsonObject(text);
    const parsed = json === undefined ? undefined : format.parse(json);
    if (parsed === undefined) return 'refused';
    const again = format.parse(JSON.parse(JSON.stringify(parsed)) as Record<string, unknown>);
    assert.deepEqual(again, JSON.parse(JSON.stringify(parsed)), 'unchanged when written and read again');
    for (const session of parsed.sessions) {
      const label = accountLabel(session.account);
      const read = parseAccountId(accountId(session.account));
      assert.ok(read !== undefined && label !== '');
      assert.equal(accountId({ ...session.account, ...read }), accountId(session.account));
    }
    const shown = parsed.sessions[count % parsed.sessions.length];
    if (shown !== undefined && count % viewedEvery === 0) assertViews(shown, parsed.sessions, count);
    return parsed.sessions.length === document.sessions.length ? 'accepted' : 'refused';
  });

  fuzz(
    'the secret storage under "sessions"',
    mutatedText(document),
    async (text) => {
      const secrets = new FakeSecrets(new FakeClock());
      secrets.values.set('sessions', text);
      const log = new RecordingLog();
      const stored = await new SecretDocument(secrets.open(), log, format).read();
      assert.ok(!log.text.includes(canary));
      // what cannot be read is kept
      if (stored.kind === 'damaged') assert.equal(secrets.values.get('sessions.damaged'), text);
      if (stored.kind !== 'damaged') assert.equal(secrets.values.get('sessions'), text);
      return stored.kind === 'ok' ? 'accepted' : 'refused';
    },
    { oneIn: 2 },
  );

  const client = { identityServer: 'https://auth.reltio.com', id: 'reltio_ui', secret: canary };
  const other = { identityServer: 'https://login.acme.com', id: 'acme', secret: `other-${canary}` };
  fuzz(
    'the clients',
    mutatedText({ version: 1, clients: [client, other, { kind: 'of a later version' }] }),
    async (text) => {
      const clock = new FakeClock();
      const secrets = new FakeSecrets(clock);
      secrets.values.set('clients', text);
      const log = new RecordingLog();
      const store = new ClientStore(secrets.open(), log, noLock, clock);
      try {
        const [found, foreign] = [
          await store.find(client.identityServer, client.id),
          await store.find(client.identityServer, other.id),
        ];
        assert.equal(foreign, undefined, 'a secret is only sent to its own server');
        assert.ok(found === undefined || (found.id === client.id && found.secret !== ''));
        assert.ok(!log.text.includes(canary));
        return found === undefined ? 'refused' : 'accepted';
      } catch (error) {
        assert.ok(error instanceof Error && error.name === 'ReltioFailure', String(error));
        return 'refused';
      }
    },
    { oneIn: 2 },
  );

  fuzz('an entry of the journal, decrypted', mutatedText(tokens, bare), (text) => {
    const json = parseJsonObject(text);
    const parsed = json === undefined ? undefined : parseTokens(json);
    if (parsed === undefined) return 'refused';
    count += 1;
    if (count % viewedEvery === 0) assertViews({ ...jane, tokens: parsed }, [jane], count);
    const printed = JSON.parse(JSON.stringify(parsed)) as Record<string, unknown>; // a number too large for JSON is null
    assert.deepEqual(parseTokens(printed), printed);
    return 'accepted';
  });

  fuzz('state.json', fc.oneof(mutated({ storeId: 'store', revision: 7, sessions: 2 })), (json) => {
    if (!isState(json)) return 'refused';
    assert.ok(Number.isSafeInteger(json.revision + 1) || json.revision === Number.MAX_SAFE_INTEGER);
    return 'accepted';
  });
});
