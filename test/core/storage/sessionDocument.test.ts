import assert from 'node:assert/strict';
import * as v from 'valibot';
import { readDocument } from '../../../src/core/storage/documentFormat';
import { sessionFormat } from '../../../src/core/storage/sessionDocument';
import { sampleSession } from '../../fakes/sampleSession';

const good = sampleSession();
const outer = { version: 1, storeId: 'store', revision: 3 };
/** As it is read from storage. */
const stored = (value: unknown) => JSON.parse(JSON.stringify(value)) as Record<string, unknown>;

const password = { schema: v.object({ kind: v.literal('password') }) };
const elsewhere = { schema: v.object({ kind: v.literal('identityProvider'), idpSystem: v.string() }) };

describe('the document of all sessions', () => {
  let format: ReturnType<typeof sessionFormat>;
  beforeEach(() => {
    format = sessionFormat([password, elsewhere]);
  });

  it('reads every kind of session back as it was written', () => {
    const { identityServer, clientId } = good.account;
    const { refreshToken: _token, refreshTokenReceivedAt: _date, scopes: _scopes, ...bare } = good.tokens;
    const sessions = [
      good,
      sampleSession({
        id: '2',
        method: { kind: 'identityProvider', idpSystem: 'salesforce' },
        state: 'clientRejected',
        refreshErrors: { from: 1, to: 2 },
      }),
      sampleSession({ id: '4', clientId: 'registered-2' }),
      sampleSession({ id: '5', account: { ...good.account, identityServer: 'http://localhost:8080' } }),
      sampleSession({ id: '6', state: 'rejected', signedInAt: Date.UTC(9999, 0) }),
      sampleSession({ id: '7', renewal: 'clientAgain' }),
      sampleSession({ id: '3', account: { identityServer, clientId }, state: 'signInAgain', tokens: bare }),
    ];
    assert.deepEqual(format.parse(stored({ ...outer, sessions })), {
      storeId: 'store',
      revision: 3,
      sessions,
      unreadable: [],
      formerRefreshTokens: [],
    });
  });

  it('reads version 1, the version in use', () => {
    const json = stored({ ...outer, sessions: [good], unreadable: ['odd'], formerRefreshTokens: [] });
    assert.deepEqual(readDocument(json, format), {
      kind: 'ok',
      value: { storeId: 'store', revision: 3, sessions: [good], unreadable: ['odd'], formerRefreshTokens: [] },
    });
  });

  const bad = {
    'no object': 'garbage',
    null: null,
    'no id': { ...good, id: '' },
    'no account': { ...good, account: undefined },
    ...Object.fromEntries(
      [
        'somewhere',
        'https:',
        'https://auth.reltio.com/',
        'https://auth.reltio.com/oauth',
        'https://jane@auth.reltio.com',
        'HTTPS://auth.reltio.com',
        'ftp://auth.reltio.com',
        'nohttps://auth.reltio.com',
      ].map((identityServer) => [
        `an account at "${identityServer}"`,
        { ...good, account: { ...good.account, identityServer } },
      ]),
    ),
    'a client that is no text': { ...good, clientId: '' },
    'an unknown method': { ...good, method: { kind: 'browser' } },
    'an unknown state': { ...good, state: 'sleeping' },
    'no access token': { ...good, tokens: { ...good.tokens, accessToken: undefined } },
    'an expiry that is no time': { ...good, tokens: { ...good.tokens, accessTokenExpiresAt: 'soon' } },
    'an expiry after the year 9999': { ...good, tokens: { ...good.tokens, accessTokenExpiresAt: 1e15 } },
    'a refresh token that is null': { ...good, tokens: { ...good.tokens, refreshToken: null } },
  };
  for (const [what, entry] of Object.entries(bad)) {
    it(`loses no other session because of an entry with ${what}, and keeps that entry`, () => {
      const parsed = format.parse(stored({ ...outer, sessions: [entry, good] }));
      assert.deepEqual(parsed?.sessions, [good]);
      assert.deepEqual(parsed.unreadable, [stored({ entry })['entry']]);
    });
  }

  it('takes a number that is too large for JavaScript for no time', () => {
    const text = JSON.stringify({ ...outer, sessions: [good] }).replace(/"signedInAt":\d+/, '"signedInAt":1e999');
    assert.equal(format.parse(JSON.parse(text) as Record<string, unknown>)?.unreadable.length, 1);
  });

  it('loses no session because of a count of errors that cannot be read: the count starts over', () => {
    for (const refreshErrors of [null, 'x', { from: 'soon' }]) {
      const parsed = format.parse(stored({ ...outer, sessions: [{ ...good, refreshErrors }] }));
      assert.deepEqual(parsed?.sessions, [{ ...good, refreshErrors: { from: 0, to: 0 } }]);
    }
  });

  it('keeps what could not be read before', () => {
    const parsed = format.parse(stored({ ...outer, sessions: ['new'], unreadable: ['old'] }));
    assert.deepEqual(parsed?.unreadable.toSorted(), ['new', 'old']);
  });

  it('knows the methods that it was given, and keeps sessions of other methods', () => {
    const json = stored({
      ...outer,
      sessions: [good, { ...good, id: '2', method: { kind: 'identityProvider', idpSystem: 'x' } }],
    });
    assert.equal(format.parse(json)?.sessions.length, 2);
    const parsed = sessionFormat([password]).parse(json);
    assert.deepEqual(parsed?.sessions, [good]);
    assert.equal(parsed.unreadable.length, 1);
  });

  it('brings an entry back that an older version of the extension could not read', () => {
    const parsed = format.parse(stored({ ...outer, sessions: [], unreadable: [good, 'odd'] }));
    assert.deepEqual(parsed?.sessions, [good]);
    assert.deepEqual(parsed.unreadable, ['odd']);
  });

  it('is damaged without store id, revision and list', () => {
    for (const document of [
      {},
      { ...outer },
      { ...outer, sessions: {} },
      { ...outer, sessions: [], storeId: '' },
      { ...outer, sessions: [], revision: 'three' },
      { ...outer, sessions: [], revision: null },
      { ...outer, sessions: [], revision: 1.5 },
      { ...outer, sessions: [], revision: 2 ** 53 },
    ]) {
      assert.equal(format.parse(stored(document)), undefined);
    }
  });
});
