import * as l10n from '@vscode/l10n';
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
  /** Whether it can be read and cleared. In a browser, both need a click or the user's permission. */
  readonly canClear: boolean;
  /** Called when `copied` has changed. */
  readonly onDidChange: () => void;
  readonly log: Log;
}

/** The copied text, the account's label, and when the token expires (milliseconds since 1970). */
export interface Copy {
  readonly text: string;
  readonly label: string;
  readonly form: CopiedToken['form'];
  readonly tokenExpiresAt: number;
}

interface Held extends Copy {
  readonly at: number;
  readonly isOverdue: boolean;
}

/** A write that takes longer no longer delays clearing the clipboard (milliseconds). */
const writeTimeout = 10_000;

/** Clears a copied token from the clipboard after a while, unless the user has copied something else since. */
export class ClipboardGuard {
  private held: Held | undefined;
  /** When each ongoing write began, by the steady clock. */
  private readonly writes = new Set<{ readonly since: number }>();
  private cancel: Cancel | undefined;
  private readonly retry: Retry;

  constructor(private readonly parts: ClipboardGuardParts) {
    this.retry = new Retry(parts.clock, () => void this.clear());
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
   * Returns a sentence about how long the text stays.
   *
   * @throws if VS Code cannot write; the text that was copied before is still cleared on time
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
    return clearAfter === undefined ? l10n.t('Stays on the clipboard.') : l10n.t('Cleared in {0} s.', clearAfter);
  }

  /** Clears the text at once, if it is still on the clipboard. Retries a failure until the token has expired. */
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
        throw new Error('another copy is being written'); // clearing would remove that one
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

  /** Call this when the window gets the focus or a setting has changed: timers do not run while the machine sleeps. */
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
    return [...this.writes].some(({ since }) => now - since < writeTimeout);
  }

  private get clearAfter(): number | undefined {
    const seconds = this.parts.clearAfter();
    return this.parts.canClear && seconds > 0 ? seconds : undefined;
  }

  /** Ignores white space around the text: clipboard managers and terminals add some. */
  private async isThere({ text }: Held): Promise<boolean> {
    return !this.parts.canClear || (await this.parts.clipboard.readText()).trim() === text.trim();
  }

  private hold(held: Held): void {
    this.held = held;
    this.retry.done();
    this.setTimer(held);
    this.parts.onDidChange();
  }

  private release(held: Held): void {
    if (this.held === held) {
      this.held = undefined;
      this.retry.done();
      this.cancel?.();
      this.parts.onDidChange();
    }
  }

  private failed(held: Held): void {
    if (this.held !== held) {
      return;
    }
    if (this.parts.clock.now() >= held.tokenExpiresAt) {
      this.release(held);
      return;
    }
    this.parts.log.warn('clipboard: not cleared', { form: held.form });
    if (!this.parts.canClear) {
      return; // the clipboard cannot be read and may hold something else by now, so only the user may clear it
    }
    this.held = { ...held, isOverdue: true };
    this.retry.later();
    this.parts.onDidChange();
  }

  /** Clears the token on time. If it is never cleared, forgets it when it has expired. */
  private setTimer(held: Held): void {
    const { clock } = this.parts;
    const { clearAfter } = this;
    this.cancel?.();
    const passed = Math.max(clock.now() - held.at, 0); // the clock may have been set back
    this.cancel =
      clearAfter === undefined
        ? clock.after(held.tokenExpiresAt - clock.now(), () => {
            this.release(held);
          })
        : clock.after(clearAfter * 1000 - passed, () => void this.clear());
  }
}
