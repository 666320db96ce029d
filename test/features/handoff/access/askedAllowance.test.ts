import '../../../fakes/fakeVscode';
import assert from 'node:assert/strict';
import type { Account } from '../../../../src/core/model/account';
import type { Choice } from '../../../../src/editor/prompt/confirm';
import type { Environment } from '../../../../src/editor/settings/environments';
import { AskedAllowance } from '../../../../src/features/handoff/access/askedAllowance';
import { TokenAnswers } from '../../../../src/features/handoff/access/tokenAnswers';
import { FakeClock, monday, settle } from '../../../fakes/fakeClock';
import { FakeMemory } from '../../../fakes/fakeMemory';
import { RecordingLog } from '../../../fakes/recordingLog';
import { sampleEnvironment } from '../../../fakes/sampleEnvironment';
import { jane } from '../../../fakes/sampleSession';

const omar: Account = { ...jane, user: 'omar@acme.com' };
const live = sampleEnvironment('live', { production: true });

describe('who gets tokens without the press of a button', () => {
  let clock: FakeClock;
  let log: RecordingLog;
  let memory: FakeMemory;
  let isTrusted: boolean;
  let forgottenAt: number | undefined;
  let production: readonly Environment[];
  let asked: Choice<string>[];
  let replies: ((pressed: string | undefined) => void)[];
  let answers: TokenAnswers;
  let allowance: AskedAllowance;

  const openWindow = (): void => {
    answers = new TokenAnswers({ memory, forgottenAt: () => forgottenAt, clock, log });
    allowance = new AskedAllowance({
      isTrusted: () => isTrusted,
      answers,
      productionFor: () => Promise.resolve(production),
      ask: (question) => {
        asked.push(question);
        return new Promise((resolve) => replies.push(resolve));
      },
      clock,
      log,
    });
  };
  const press = async (button: string | undefined): Promise<void> => {
    await settle();
    const reply = replies.shift() ?? assert.fail('no question is on the screen');
    reply(button);
    await settle();
  };
  /** Asks for a token and presses a button if there is a question. */
  const hasAfter = async (button: string | undefined, account = jane): Promise<boolean> => {
    const allowed = allowance.has('terminals', account);
    await press(button);
    return await allowed;
  };
  const terminalsMay = (): Promise<boolean> => allowance.has('terminals', jane);

  beforeEach(() => {
    clock = new FakeClock();
    log = new RecordingLog();
    memory = new FakeMemory();
    isTrusted = true;
    forgottenAt = undefined;
    production = [];
    asked = [];
    replies = [];
    openWindow();
  });

  it('is asked at the first use, says what a yes covers, and has a harmless first button', async () => {
    const allowed = terminalsMay();
    await settle();
    const [{ message, detail, no, choices } = assert.fail()] = asked;
    assert.equal(message, 'Allow terminals of this workspace to get Reltio tokens?');
    assert.match(detail, /of jane@acme\.com \(auth\.reltio\.com\)\.\n\nIf you agree, every program in these terminals/);
    assert.deepEqual([no, ...choices], ['Not Now', 'Until the Window Closes', 'Always', 'Never']);
    await press('Until the Window Closes');
    assert.equal(await allowed, true);
    assert.equal(await allowance.has('terminals', omar), true);
    assert.equal(asked.length, 1);
  });

  it('is remembered until the window closes, or for good', async () => {
    assert.equal(await hasAfter('Until the Window Closes'), true);
    openWindow();
    assert.equal(await hasAfter('Always'), true);
    openWindow();
    assert.equal(await terminalsMay(), true);
    assert.equal(asked.length, 2);
  });

  it('is refused for good after Never, in the next window too', async () => {
    assert.equal(await hasAfter('Never'), false);
    openWindow();
    await clock.pass(3_600_000);
    assert.equal(await terminalsMay(), false);
    assert.equal(asked.length, 1);
  });

  it('is refused after Not Now or Escape, and for a minute without another question', async () => {
    assert.equal(await hasAfter(undefined), false);
    await clock.pass(59_999);
    assert.equal(await terminalsMay(), false);
    assert.equal(asked.length, 1);
    await clock.pass(1);
    assert.equal(await hasAfter('Always'), true);
    assert.equal(asked.length, 2);
  });

  it('is asked once for 50 calls at the same time', async () => {
    const calls = Array.from({ length: 50 }, terminalsMay);
    await press('Until the Window Closes');
    assert.deepEqual(new Set(await Promise.all(calls)), new Set([true]));
    assert.equal(asked.length, 1);
  });

  it('is refused without an answer within a minute; a later yes counts for the next call', async () => {
    const first = terminalsMay();
    await clock.pass(60_000);
    assert.equal(await first, false);
    assert.equal(await terminalsMay(), false, 'at once: the question is still on the screen');
    await clock.pass(60_000);
    const second = terminalsMay();
    await press('Until the Window Closes');
    assert.equal(await second, true);
    assert.equal(await terminalsMay(), true);
    assert.equal(asked.length, 1);
  });

  it('is refused in an untrusted workspace without a question, whatever was answered', async () => {
    assert.equal(await hasAfter('Always'), true);
    isTrusted = false;
    assert.equal(await terminalsMay(), false);
    production = [live];
    assert.equal(await terminalsMay(), false);
    assert.equal(asked.length, 1);
  });

  it('is asked for each receiver, one question at a time', async () => {
    const terminals = terminalsMay();
    const files = allowance.has('requestFiles', jane);
    await settle();
    assert.equal(asked.length, 1);
    await press('Always');
    assert.equal(await terminals, true);
    assert.equal(asked[1]?.message, 'Allow request files of this workspace to get Reltio tokens?');
    await press('Never');
    assert.equal(await files, false);
    assert.equal(await terminalsMay(), true);
  });

  it('is not asked for a call that has given up while another question was on the screen', async () => {
    void terminalsMay();
    const files = allowance.has('requestFiles', jane);
    await clock.pass(60_000);
    assert.equal(await files, false);
    await press('Always');
    assert.equal(asked.length, 1);
    await clock.pass(60_000);
    void allowance.has('requestFiles', jane);
    await press('Always');
    assert.equal(asked.length, 2);
  });

  it('is asked again for production, by its names, and then ends with the window', async () => {
    assert.equal(await hasAfter('Always'), true);
    production = [live];
    const allowed = terminalsMay();
    await settle();
    const { message, detail, no, choices } = asked.at(-1) ?? assert.fail();
    assert.equal(message, 'Allow terminals of this workspace to get Reltio tokens for production?');
    assert.match(detail, /gives access to live \(live\.reltio\.com, production\)\./);
    assert.deepEqual([no, ...choices], ['Not Now', 'Until the Window Closes']);
    await press('Until the Window Closes');
    assert.equal(await allowed, true);
    assert.equal(await terminalsMay(), true);
    openWindow();
    assert.equal(await hasAfter(undefined), false);
    assert.equal(asked.length, 3);
    assert.equal(memory.get('tokenAccess.terminals'), 'always', 'the answer for other tokens stays');
  });

  it('is asked about each production environment and each account, and a yes there covers nothing else', async () => {
    production = [live];
    assert.equal(await hasAfter('Until the Window Closes'), true);
    assert.equal(await hasAfter(undefined, omar), false);
    production = [{ ...live, url: 'https://other.reltio.com' }];
    assert.equal(await hasAfter(undefined), false);
    production = [];
    assert.equal(await hasAfter(undefined), false);
    assert.equal(asked.length, 4);
  });

  it('is refused for production too after Never, which the first question about production offers', async () => {
    production = [live];
    assert.equal(await hasAfter('Never'), false);
    assert.deepEqual(asked[0]?.choices, ['Until the Window Closes', 'Never']);
    await clock.pass(60_000);
    assert.equal(await terminalsMay(), false);
    production = [];
    assert.equal(await terminalsMay(), false);
    assert.equal(asked.length, 1);
  });

  it('does not count what was answered before everything was forgotten, in this window or another', async () => {
    assert.equal(await hasAfter('Until the Window Closes'), true);
    production = [live];
    assert.equal(await hasAfter('Until the Window Closes'), true);
    await clock.pass(60_000);
    forgottenAt = clock.now();
    assert.equal(await hasAfter(undefined), false);
    production = [];
    assert.equal(await hasAfter(undefined), false);
    assert.equal(asked.length, 4);
  });

  it('does not count the answer to a question that was on the screen when everything was forgotten', async () => {
    const before = terminalsMay();
    await settle();
    allowance.forget();
    answers.forget();
    await press('Always');
    assert.equal(await before, false);
    assert.deepEqual(memory.writes, []);
    assert.equal(await hasAfter('Always'), true);
  });

  it('does not count that answer either if another window has had everything forgotten', async () => {
    for (const isForProduction of [false, true]) {
      production = isForProduction ? [live] : [];
      const before = terminalsMay();
      await settle();
      forgottenAt = clock.now();
      await clock.pass(1_000);
      await press(isForProduction ? 'Until the Window Closes' : 'Always');
      assert.equal(await before, false);
    }
    assert.deepEqual(memory.writes, []);
  });

  it('is asked about production if it came into use while another question was on the screen', async () => {
    const allowed = terminalsMay();
    await settle();
    production = [live];
    await press('Always');
    assert.equal(asked.at(-1)?.message, 'Allow terminals of this workspace to get Reltio tokens for production?');
    await press(undefined);
    assert.equal(await allowed, false);
    production = [];
    assert.equal(await terminalsMay(), true);
    assert.equal(asked.length, 2);
  });

  it('is refused if what it is for changes with each question', async () => {
    const allowed = terminalsMay();
    for (const name of ['one', 'two', 'three']) {
      await settle();
      production = [sampleEnvironment(name, { production: true })];
      if (replies.length > 0) await press('Until the Window Closes');
    }
    assert.equal(await allowed, false);
    assert.equal(asked.length, 2);
  });

  it('is refused if the workspace is not trusted any more when the question is answered', async () => {
    const restricted = terminalsMay();
    await settle();
    isTrusted = false;
    await press('Always');
    assert.equal(await restricted, false);
    isTrusted = true;
    assert.equal(await terminalsMay(), true);
  });

  it('is asked in vain in a closing window; an answer that cannot be stored counts until the window closes', async () => {
    memory.isClosed = true;
    assert.equal(await hasAfter('Always'), true);
    assert.equal(await terminalsMay(), true);
    openWindow();
    const failing = new AskedAllowance({
      isTrusted: () => true,
      answers,
      productionFor: () => Promise.resolve([]),
      ask: () => Promise.reject(new Error('Canceled')),
      clock,
      log,
    });
    assert.equal(await failing.has('terminals', jane), false);
  });

  it('does not believe a stored value that is no answer', async () => {
    memory.values.set('tokenAccess.terminals', { always: true });
    assert.equal(await hasAfter(undefined), false);
    memory.values.set('tokenAccess.terminals', 'window');
    await clock.pass(60_000);
    assert.equal(await hasAfter(undefined), false);
    assert.equal(asked.length, 2);
  });

  it('is logged: each answer and each refusal', async () => {
    await hasAfter(undefined);
    await terminalsMay();
    await clock.pass(60_000);
    await hasAfter('Always');
    production = [live];
    await hasAfter('Until the Window Closes');
    assert.deepEqual(
      log.lines.map(({ event }) => event),
      [
        'token access: terminals: not now',
        'token access: terminals refused',
        'token access: terminals refused',
        'token access: terminals: always',
        'token access: terminals, production: window',
      ],
    );
    assert.equal(clock.now(), monday + 60_000);
  });
});
