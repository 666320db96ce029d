import assert from 'node:assert/strict';
import { ClipboardGuard, type Copy } from '../../../src/features/handoff/clipboardGuard';
import { FakeClock, monday, settle } from '../../fakes/fakeClock';
import { RecordingLog } from '../../fakes/recordingLog';

const hour = 3_600_000;
const janes: Copy = { text: 'janes-token', label: 'jane@acme.com', form: 'token', tokenExpiresAt: monday + hour };
const omars: Copy = {
  text: 'Authorization: Bearer omars-token',
  label: 'omar@acme.com',
  form: 'header',
  tokenExpiresAt: monday + hour,
};

/** A clipboard that all windows share, and that can be made to fail or to wait. */
class FakeClipboard {
  content = '';
  refuses: 'nothing' | 'reading' | 'writing' = 'nothing';
  reads = 0;
  /** What a write waits for. */
  gate: Promise<void> = Promise.resolve();
  slowReading: Promise<void> = Promise.resolve();
  private last: Promise<void> = Promise.resolve();

  async readText(): Promise<string> {
    this.reads += 1;
    const { content } = this;
    await this.slowReading;
    if (this.refuses === 'reading') {
      throw new Error('busy');
    }
    return content;
  }

  /** Whether the next writes are never answered and have no effect. */
  hangs = false;

  /** In the order in which they were requested. */
  writeText(text: string): Promise<void> {
    if (this.hangs) {
      return new Promise(() => undefined);
    }
    const { gate, last } = this;
    const writing = last.then(async () => {
      await gate;
      if (this.refuses === 'writing') {
        throw new Error('busy');
      }
      this.content = text;
    });
    this.last = writing.catch(() => undefined);
    return writing;
  }
}

describe('a copied token', () => {
  let clock: FakeClock;
  let clipboard: FakeClipboard;
  let log: RecordingLog;
  let seconds: number;
  let changes: number;
  const guard = (canClear = true): ClipboardGuard =>
    new ClipboardGuard({
      clipboard,
      clock,
      clearAfter: () => seconds,
      canClear,
      onDidChange: () => (changes += 1),
      log,
    });
  const until = async (second: number): Promise<void> => {
    await clock.pass(monday + second * 1_000 - clock.now());
  };
  beforeEach(() => {
    clock = new FakeClock();
    clipboard = new FakeClipboard();
    log = new RecordingLog();
    seconds = 60;
    changes = 0;
  });

  it('is cleared although the next copy is never answered', async () => {
    seconds = 60;
    const held = guard();
    await held.write(janes);
    clipboard.hangs = true;
    void held.write(omars);
    await settle();
    clipboard.hangs = false;
    await until(61);
    assert.equal(clipboard.content, '');
  });

  it('is cleared after the time that the message said, and is shown until then', async () => {
    const one = guard();
    assert.equal(await one.write(janes), 'Cleared in 60 s.');
    assert.deepEqual(one.copied, {
      label: 'jane@acme.com',
      form: 'token',
      at: monday,
      clearAfter: 60,
      isOverdue: false,
    });
    await clock.pass(59_999);
    assert.equal(clipboard.content, 'janes-token');
    await clock.pass(1);
    assert.equal(clipboard.content, '');
    assert.equal(one.copied, undefined);
    assert.equal(changes, 2);
    assert.equal(clock.waiting, 0);
  });

  it('is left alone when the user has copied something else since', async () => {
    const one = guard();
    await one.write(janes);
    clipboard.content = 'a recipe';
    await until(60);
    assert.equal(clipboard.content, 'a recipe');
    assert.equal(one.copied, undefined);
  });

  it('is recognised only by its text, whatever white space surrounds it', async () => {
    for (const [content, left] of [
      ['janes-token\r\n', ''],
      [' \tjanes-token ', ''],
      ['janes-token2', 'janes-token2'],
      ['curl -H "Authorization: Bearer janes-token"', 'curl -H "Authorization: Bearer janes-token"'],
    ] as const) {
      await guard().write(janes);
      clipboard.content = content;
      await clock.pass(60_000);
      assert.equal(clipboard.content, left);
    }
  });

  it('restarts its time when it is copied again', async () => {
    const one = guard();
    await one.write(janes);
    await until(40);
    await one.write(janes);
    await until(80);
    assert.equal(clipboard.content, 'janes-token');
    await until(100);
    assert.equal(clipboard.content, '');
  });

  it("is replaced by another account's token, which has its own time", async () => {
    const one = guard();
    await one.write(janes);
    await until(40);
    await one.write(omars);
    assert.deepEqual([one.copied?.label, one.copied?.form], ['omar@acme.com', 'header']);
    await until(99);
    assert.equal(clipboard.content, omars.text);
    await until(100);
    assert.equal(clipboard.content, '');
  });

  it('keeps its time if the next copy fails', async () => {
    const one = guard();
    await one.write(janes);
    await until(30);
    clipboard.refuses = 'writing';
    await assert.rejects(one.write(omars), /busy/);
    clipboard.refuses = 'nothing';
    assert.equal(one.copied?.label, 'jane@acme.com');
    await until(60);
    assert.equal(clipboard.content, '');
  });

  it('is not cleared in place of the one that is being copied at its deadline', async () => {
    const one = guard();
    await one.write(janes);
    await until(55);
    let open: () => void = () => undefined;
    clipboard.gate = new Promise((resolve) => (open = resolve));
    const writing = one.write(omars);
    clipboard.gate = Promise.resolve();
    await until(60);
    open();
    await writing;
    await until(119);
    assert.equal(clipboard.content, omars.text);
    await until(121);
    assert.equal(clipboard.content, '');
  });

  it('is not cleared in place of the one that was copied while the clipboard was read', async () => {
    const one = guard();
    await one.write(janes);
    let open: () => void = () => undefined;
    clipboard.slowReading = new Promise((resolve) => (open = resolve));
    await until(60);
    await one.write(omars);
    open();
    await settle();
    assert.equal(clipboard.content, omars.text);
    assert.equal(one.copied?.label, 'omar@acme.com');
    clipboard.slowReading = Promise.resolve();
    await until(120);
    assert.equal(clipboard.content, '');
  });

  it('is cleared later if the copy that came at its deadline fails', async () => {
    const one = guard();
    await one.write(janes);
    let fail: () => void = () => undefined;
    clipboard.gate = new Promise((_, reject) => {
      fail = () => {
        reject(new Error('busy'));
      };
    });
    const writing = assert.rejects(one.write(omars), /busy/);
    clipboard.gate = Promise.resolve();
    await until(60);
    fail();
    await writing;
    await until(65);
    assert.equal(clipboard.content, '');
  });

  for (const refuses of ['reading', 'writing'] as const) {
    it(`is cleared later if ${refuses} fails at its deadline, and the status bar says that it is still there`, async () => {
      const one = guard();
      await one.write(janes);
      clipboard.refuses = refuses;
      await until(60);
      assert.equal(one.copied?.isOverdue, true);
      await until(65 + 10 + 19);
      assert.equal(clipboard.content, 'janes-token');
      assert.equal(log.lines.filter(({ event }) => event === 'clipboard: not cleared').length, 3);
      clipboard.refuses = 'nothing';
      await until(65 + 10 + 20);
      assert.equal(clipboard.content, '');
      assert.equal(one.copied, undefined);
      assert.doesNotMatch(log.text, /janes-token/);
    });
  }

  it('is forgotten once it has expired: it is harmless then', async () => {
    const one = guard();
    await one.write(janes);
    clipboard.refuses = 'reading';
    await until(3_600 + 300);
    assert.equal(one.copied, undefined);
    assert.equal(clock.waiting, 0);
    const { reads } = clipboard;
    assert.ok(reads > 10 && reads < 25, `${reads} tries in an hour`);
  });

  it('follows the setting while it is on the clipboard', async () => {
    const one = guard();
    await one.write(janes);
    await until(20);
    seconds = 30;
    await one.check();
    await until(30);
    assert.equal(clipboard.content, '');
    await one.write(janes);
    seconds = 0;
    await one.check();
    await until(600);
    assert.equal(clipboard.content, 'janes-token');
    seconds = 10;
    await one.check();
    await settle();
    await clock.pass(0);
    assert.equal(clipboard.content, '', 'its time is over already');
  });

  it('is cleared at once when the user comes back after its time, for example after sleep', async () => {
    const one = guard();
    await one.write(janes);
    clock.set(monday + 2 * hour); // the machine slept: no timer saw it
    await one.check();
    await clock.pass(0);
    assert.equal(clipboard.content, '');
  });

  it('stays no longer when the clock is set back', async () => {
    const one = guard();
    await one.write(janes);
    clock.set(monday - 2 * hour);
    await one.check();
    await clock.pass(60_000);
    assert.equal(clipboard.content, '');
  });

  it('is no longer shown once the window has the focus and something else is on the clipboard', async () => {
    const one = guard();
    await one.write(janes);
    await one.check();
    assert.equal(one.copied?.label, 'jane@acme.com');
    clipboard.refuses = 'reading';
    await one.check();
    assert.equal(one.copied.label, 'jane@acme.com', 'who cannot read says nothing else');
    clipboard.refuses = 'nothing';
    clipboard.content = 'a recipe';
    await one.check();
    assert.equal(one.copied, undefined);
    assert.equal(clock.waiting, 0);
  });

  it('does not read the clipboard while none of our tokens is on it', async () => {
    await guard().check();
    await guard().clear();
    assert.equal(clipboard.reads, 0);
  });

  it('stays if the user wants that or the clipboard cannot be cleared, and is shown until it has expired', async () => {
    seconds = 0;
    const wanted = guard();
    assert.equal(await wanted.write(janes), 'Stays on the clipboard.');
    seconds = 60;
    const browser = guard(false);
    assert.equal(await browser.write(janes), 'Stays on the clipboard.');
    await until(3_599);
    assert.equal(clipboard.content, 'janes-token');
    assert.equal(wanted.copied?.clearAfter, 60, 'as the setting now says');
    assert.equal(browser.copied?.clearAfter, undefined);
    await browser.check();
    assert.equal(browser.copied?.label, 'jane@acme.com');
    assert.equal(clipboard.reads, 0);
    await until(3_600);
    assert.equal(clipboard.content, 'janes-token');
    assert.equal(browser.copied, undefined);
  });

  it('is cleared when the user runs the command, in a browser too', async () => {
    for (const canClear of [true, false]) {
      const one = guard(canClear);
      assert.equal(await one.clear(), 'notThere');
      await one.write(janes);
      assert.equal(await one.clear(), 'cleared');
      assert.equal(clipboard.content, '');
      assert.equal(one.copied, undefined);
    }
    const one = guard();
    await one.write(janes);
    clipboard.content = 'a recipe';
    assert.equal(await one.clear(), 'notThere');
    assert.equal(clipboard.content, 'a recipe');
  });

  it('is not cleared later in a browser after Clear Copied Token failed: something else may be there by then', async () => {
    const one = guard(false);
    await one.write(janes);
    clipboard.refuses = 'writing';
    assert.equal(await one.clear(), 'failed');
    clipboard.refuses = 'nothing';
    clipboard.content = 'a recipe';
    await until(600);
    assert.equal(clipboard.content, 'a recipe');
  });

  it('is left alone by another window, which clears only its own', async () => {
    const [one, other] = [guard(), guard()];
    await one.write(janes);
    await until(40);
    await other.write(omars);
    await until(60);
    assert.equal(clipboard.content, omars.text);
    await until(100);
    assert.equal(clipboard.content, '');
    assert.equal(one.copied, undefined);
  });
});
