import type { Cancel, Clock } from '../../core/base/clock';
import type { Log } from '../../core/base/log';
import { Retry } from '../../core/base/retry';
import type { CopiedToken } from '../../editor/copiedToken';

/** The clipboard, as far as it is needed here. */
interface Clipboard {
  readText(): Thenable<string>;
  writeText(text: string): Thenable<void>;
}

export interface ClipboardGuardParts {
  readonly clipboard: Clipboard;
  readonly clock: Clock;
  /** Seconds; 0 for never. */
  readonly clearAfter: () => number;
  /** Whether it can be read and cleared at all: in a browser both need a click or the consent of the user. */
  readonly canClear: boolean;
  /** Called when `copied` is another. */
  readonly onDidChange: () => void;
  readonly log: Log;
}

/** What is copied, about whom, and when it becomes harmless (milliseconds since 1970). */
export interface Copy {
  readonly text: string;
  readonly label: string;
  readonly form: CopiedToken['form'];
  readonly tokenEndsAt: number;
}

interface Held extends Copy {
  readonly at: number;
  readonly isOverdue: boolean;
}

/** A write that VS Code has not answered by then holds up nothing any more (milliseconds). */
const longestWrite = 10_000;

/** Takes a copied token off the clipboard after a while, unless the user has copied something else since. */
export class ClipboardGuard {
  private held: Held | undefined;
  /** When each ongoing write began, by the clock that cannot be set. */
  private readonly writes = new Set<{ readonly since: number }>();
  private cancel: Cancel | undefined;
  private readonly again: Retry;

  constructor(private readonly parts: ClipboardGuardParts) {
    this.again = new Retry(parts.clock, () => void this.clear());
  }

  /** What is on the clipboard, as far as this window knows. */
  get copied(): CopiedToken | undefined {
    if (this.held === undefined) {
      return undefined;
    }
    const { label, form, at, isOverdue } = this.held;
    return { label, form, at, clearAfter: this.clearAfter, isOverdue };
  }

  /**
   * Returns a sentence, without its full stop: how long the text stays.
   *
   * @throws where VS Code cannot write; what was copied before still leaves the clipboard at its time
   */
  async write(copy: Copy): Promise<string> {
    const write = { since: this.parts.clock.steady() };
    this.writes.add(write);
    try {
      await this.parts.clipboard.writeText(copy.text);
    } finally {
      this.writes.delete(write);
    }
    this.hold({ ...copy, at: this.parts.clock.now(), isOverdue: false });
    const { clearAfter } = this;
    return clearAfter === undefined ? 'Stays on the clipboard' : `Cleared in ${clearAfter} s`;
  }

  /** At once, if it is still there. What fails is tried again until the token has expired. */
  async clear(): Promise<'cleared' | 'notThere' | 'failed'> {
    const { held } = this;
    if (held === undefined) {
      return 'notThere';
    }
    try {
      const isThere = await this.isThere(held);
      if (this.held !== held) {
        return 'notThere';
      }
      if (this.isWriting) {
        throw new Error('another copy is on its way'); // clearing would wipe that one out
      }
      if (isThere) {
        await this.parts.clipboard.writeText('');
      }
      this.release(held);
      return isThere ? 'cleared' : 'notThere';
    } catch {
      this.failed(held);
      return 'failed';
    }
  }

  /** To be called when the window gets the focus, or a setting has changed: timers stand still while the machine sleeps. */
  async check(): Promise<void> {
    const { held } = this;
    if (held === undefined) {
      return;
    }
    this.setTimer(held);
    const isThere = await this.isThere(held).then(undefined, () => true);
    if (!isThere) {
      this.release(held);
    }
  }

  private get isWriting(): boolean {
    const now = this.parts.clock.steady();
    return [...this.writes].some(({ since }) => now - since < longestWrite);
  }

  private get clearAfter(): number | undefined {
    const seconds = this.parts.clearAfter();
    return this.parts.canClear && seconds > 0 ? seconds : undefined;
  }

  /** White space at its ends makes it no other text: clipboard managers and terminals add some. */
  private async isThere({ text }: Held): Promise<boolean> {
    return !this.parts.canClear || (await this.parts.clipboard.readText()).trim() === text;
  }

  private hold(held: Held): void {
    this.held = held;
    this.again.done();
    this.setTimer(held);
    this.parts.onDidChange();
  }

  private release(held: Held): void {
    if (this.held === held) {
      this.held = undefined;
      this.again.done();
      this.cancel?.();
      this.parts.onDidChange();
    }
  }

  private failed(held: Held): void {
    if (this.held !== held) {
      return;
    }
    if (this.parts.clock.now() >= held.tokenEndsAt) {
      this.release(held);
      return;
    }
    this.parts.log.warn('clipboard: not cleared', { form: held.form });
    if (!this.parts.canClear) {
      return; // where it cannot be read, only the user may clear it: something else may be there by then
    }
    this.held = { ...held, isOverdue: true };
    this.again.later();
    this.parts.onDidChange();
  }

  /** Where the token stays, until it is worth nothing. */
  private setTimer(held: Held): void {
    const { clock } = this.parts;
    const { clearAfter } = this;
    this.cancel?.();
    const passed = Math.max(clock.now() - held.at, 0); // the clock may have been set back
    this.cancel =
      clearAfter === undefined
        ? clock.after(held.tokenEndsAt - clock.now(), () => {
            this.release(held);
          })
        : clock.after(clearAfter * 1000 - passed, () => void this.clear());
  }
}
