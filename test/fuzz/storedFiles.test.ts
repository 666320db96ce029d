import assert from 'node:assert/strict';
import fc from 'fast-check';
import { CallLimits } from '../../src/core/calls/callLimits';
import { openEntry, sealEntry } from '../../src/core/journal/journalFiles';
import { sendToRunningServer, runningServersKey } from '../../src/core/network/runningServer';
import { RememberedState } from '../../src/core/storage/rememberedState';
import { parseState } from '../../src/core/storage/stateFile';
import { confirmedHosts, needsConsent } from '../../src/editor/confirmedHosts';
import { LastSignIn } from '../../src/features/signIn/lastSignIn';
import { CannedHttp, noSignal } from '../fakes/cannedHttp';
import { FakeClock, monday } from '../fakes/fakeClock';
import { FakeLockFolder } from '../fakes/fakeLockFolder';
import { FakeMemory } from '../fakes/fakeMemory';
import { RecordingLog } from '../fakes/recordingLog';
import { sampleTokens } from '../fakes/sampleSession';
import { fuzz } from './fuzz';
import { canary } from './hostile';
import { mutated, mutatedString, mutatedText } from './mutations';

const nat = fc.nat({ max: 99_999 });

describe('hostile files in the storage folder', () => {
  fuzz('state.json, as text', mutatedText({ storeId: 'store', revision: 7, sessions: 2 }), (text) => {
    const state = parseState(text);
    if (state === undefined) return 'refused';
    assert.ok(Number.isSafeInteger(state.revision) && Number.isSafeInteger(state.sessions));
    return 'accepted';
  });

  const spent = `r-${canary}`;
  const tokens = sampleTokens();
  const sealed = sealEntry(tokens, 'jane', spent);
  fuzz(
    'an entry of the journal',
    fc.tuple(fc.array(fc.tuple(nat, nat, nat), { maxLength: 2 }), fc.boolean()),
    ([edits, isOwn]) => {
      const bytes = edits.reduce<Buffer>((now, [kind, place, what]) => {
        const at = place % (now.length + 1);
        if (kind % 3 === 0) return now.subarray(0, at);
        const byte = Buffer.from([what % 256]);
        return Buffer.concat([now.subarray(0, at), byte, now.subarray(kind % 3 === 1 ? at : at + 1)]);
      }, sealed);
      const entry = openEntry(bytes, isOwn ? 'jane' : 'omar', spent);
      if (entry === 'other') return 'refused';
      assert.ok(isOwn && bytes.equals(sealed), 'a changed file and one of another session open nothing');
      assert.deepEqual(entry, tokens);
      return 'accepted';
    },
    { oneIn: 2 },
  );

  const hash = '0123456789abcdef';
  const file = mutatedString(`refresh-${hash}.${monday}`, `wait-${hash}.${monday + 60_000}`, 'wait-x.9'.repeat(9));
  fuzz(
    'the files of the limits: a call waits for a time that has an end',
    fc.array(file, { maxLength: 4 }),
    async (names) => {
      const clock = new FakeClock();
      const folder = new FakeLockFolder(clock);
      for (const name of names) folder.files.set(name, clock.now());
      const limits = new CallLimits(folder, clock, new RecordingLog());
      const wait = await clock.finish(limits.take('refresh', 10_000, 'jane'));
      assert.ok(Number.isFinite(wait) && wait >= 0 && wait <= 10_000, String(wait));
      return names.length > 0 ? 'accepted' : 'refused';
    },
    { oneIn: 10 },
  );
});

describe("hostile values in VS Code's own state", () => {
  const server = 'https://login.acme.com';
  const kept = {
    confirmedHosts: ['login.acme.com'],
    lastServer: server,
    [`lastUser ${server}`]: 'jane',
    announcedSessions: { storeId: 's', revision: 1, sessions: 1 },
    [runningServersKey]: { 'http://127.0.0.1:8080': '401|nginx||application/json|Basic' },
  };
  fuzz('whatever another version or another program has left there', mutated(kept), async (value) => {
    const memory = new FakeMemory();
    if (typeof value !== 'object' || value === null) return 'refused';
    for (const [key, one] of Object.entries(value)) memory.values.set(key, one);
    const confirmed = confirmedHosts(memory);
    const isStored = memory.get('confirmedHosts');
    const isConfirmed = Array.isArray(isStored) && isStored.includes('login.acme.com');
    assert.equal(needsConsent(server, confirmed), !isConfirmed, 'only the very host counts');
    await confirmed.add('x.acme.com');
    assert.ok(confirmed.has('x.acme.com'));
    const last = new LastSignIn(memory);
    assert.deepEqual([...last.first(['a', server])].sort(), ['a', server]);
    assert.ok(['string', 'undefined'].includes(typeof last.user(server)));
    const recalled = new RememberedState(memory, () => false, new RecordingLog()).recall();
    assert.ok(recalled === 'nothing' || typeof recalled === 'object');
    const answer = { kind: 'response', status: 401, headers: { server: 'nginx' }, body: '' } as const;
    const http = new CannedHttp(answer, { ...answer, status: 200 });
    const request = { method: 'POST', url: 'http://127.0.0.1:8080/oauth/token', headers: {}, body: canary } as const;
    const sent = await sendToRunningServer(http, memory, request, noSignal);
    return sent.kind === 'response' ? 'accepted' : 'refused';
  });
});
