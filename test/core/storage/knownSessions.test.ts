import assert from 'node:assert/strict';
import { KnownSessions } from '../../../src/core/storage/knownSessions';
import { emptyDocument, type SessionDocument } from '../../../src/core/storage/sessionDocument';
import type { Session } from '../../../src/core/model/session';
import { monday } from '../../fakes/fakeClock';
import { RecordingLog } from '../../fakes/recordingLog';
import { sampleSession, sampleTokens } from '../../fakes/sampleSession';

const same = (document: SessionDocument): SessionDocument => document;

describe('the sessions that a window knows', () => {
  const documentOf = (revision: number, sessions: readonly Session[]): SessionDocument => ({
    ...emptyDocument('store'),
    revision,
    sessions,
  });
  const ok = (value: SessionDocument) => ({ kind: 'ok', value }) as const;
  const other = sampleSession({ id: 'omar', tokens: sampleTokens({ refreshToken: 'o0' }) });

  function known(): KnownSessions {
    return new KnownSessions(new RecordingLog());
  }

  it('are none at first', () => {
    assert.deepEqual(known().sessions, []);
    assert.equal(known().find('jane'), undefined);
    assert.equal(known().unstoredTokens('jane'), undefined);
  });

  it('are found by their id', () => {
    const sessions = known();
    sessions.adopt(ok(documentOf(1, [other, sampleSession()])), same, 'silent');
    assert.equal(sessions.find('jane')?.id, 'jane');
    assert.equal(sessions.find('nobody'), undefined);
  });

  describe('have tokens that are not stored', () => {
    const newer = sampleTokens({ accessToken: 'a1', refreshToken: 'r1' });
    const change = (tokens: Session['tokens']) => (document: SessionDocument) => ({
      ...document,
      sessions: document.sessions.map((session) => (session.id === 'jane' ? { ...session, tokens } : session)),
    });

    it('if a write failed, with the stored refresh token that they replace', () => {
      const sessions = known();
      sessions.adopt(ok(documentOf(1, [other, sampleSession()])), change(newer), 'silent');
      assert.deepEqual(sessions.unstoredTokens('jane'), { spent: 'r0', tokens: newer });
      assert.equal(sessions.unstoredTokens('omar'), undefined);
    });

    it('not if the refresh token is the stored one, nor if none is stored', () => {
      const sessions = known();
      sessions.adopt(ok(documentOf(1, [sampleSession()])), change(sampleTokens({ accessToken: 'a1' })), 'silent');
      assert.equal(sessions.unstoredTokens('jane'), undefined);
      const { refreshToken: _none, ...bare } = sampleTokens();
      sessions.adopt(ok(documentOf(2, [sampleSession({ tokens: bare })])), change(newer), 'silent');
      assert.equal(sessions.unstoredTokens('jane'), undefined);
    });

    it('not of a session that is gone here', () => {
      const sessions = known();
      sessions.adopt(ok(documentOf(1, [sampleSession()])), (document) => ({ ...document, sessions: [] }), 'silent');
      assert.equal(sessions.unstoredTokens('jane'), undefined);
    });

    it('no longer, once they are written', () => {
      const sessions = known();
      sessions.adopt(ok(documentOf(1, [sampleSession()])), change(newer), 'silent');
      sessions.recordWritten(documentOf(2, [sampleSession({ tokens: newer })]));
      assert.equal(sessions.unstoredTokens('jane'), undefined);
    });
  });

  describe('have a problem', () => {
    for (const [read, after] of [
      [['newer'], 'storeNewer'],
      [['damaged'], 'storeDamaged'],
      [['damaged', 'absent'], 'storeDamaged'],
      [['newer', 'absent'], undefined],
      [['damaged', 'newer'], 'storeNewer'],
    ] as const) {
      it(`after ${read.join(', then ')}: ${after ?? 'none'}`, () => {
        const sessions = known();
        for (const kind of read) assert.equal(sessions.adopt({ kind }, same, 'silent'), undefined);
        assert.equal(sessions.problem, after);
      });
    }

    it('until a document is read or written', () => {
      const read = known();
      read.adopt({ kind: 'damaged' }, same, 'silent');
      read.adopt(ok(documentOf(1, [])), same, 'silent');
      assert.equal(read.problem, undefined);
      const written = known();
      written.problem = 'sessionsUnreadable';
      written.recordWritten(documentOf(1, []));
      assert.equal(written.problem, undefined);
    });
  });

  it('stay as they are after an older revision, and after one of the same store that was forgotten earlier', () => {
    const sessions = known();
    sessions.adopt(ok(documentOf(3, [sampleSession()])), same, 'silent');
    assert.equal(sessions.adopt(ok(documentOf(2, [])), same, 'notify'), undefined);
    assert.equal(sessions.sessions.length, 1);
  });

  it('are replaced by any revision after everything was forgotten, and by another store', () => {
    const forgotten = known();
    forgotten.adopt(ok({ ...documentOf(3, [sampleSession()]), forgottenAt: monday }), same, 'silent');
    assert.equal(forgotten.adopt(ok({ ...documentOf(1, []), forgottenAt: monday }), same, 'silent'), undefined);
    forgotten.adopt(ok({ ...documentOf(1, []), forgottenAt: monday + 1 }), same, 'silent');
    assert.deepEqual(forgotten.sessions, []);
    const elsewhere = known();
    elsewhere.adopt(ok(documentOf(3, [sampleSession()])), same, 'silent');
    elsewhere.adopt(ok({ ...documentOf(1, []), storeId: 'another' }), same, 'silent');
    assert.deepEqual(elsewhere.sessions, []);
  });

  it('tell the history what this window has changed, and nothing that it has read', () => {
    const own: number[] = [];
    const sessions = new KnownSessions(new RecordingLog(), ({ added }) => own.push(added.length));
    sessions.show(documentOf(1, [other]), 'notify');
    sessions.show(documentOf(2, [other]), 'own');
    sessions.show(documentOf(3, [other, sampleSession()]), 'own');
    assert.deepEqual(own, [1]);
  });

  it('are logged as numbers when they change, also if a listener fails', () => {
    const log = new RecordingLog();
    const sessions = new KnownSessions(log);
    sessions.onDidChange(() => {
      throw new Error('planted');
    });
    sessions.adopt(ok(documentOf(4, [sampleSession(), other])), same, 'notify');
    assert.match(log.text, /sessions: changed/);
    assert.match(log.text, /"added":2,"removed":0,"changed":0,"revision":4/);
    assert.match(log.text, /sessions: a listener failed/);
  });
});
