import type { Cancel, Clock } from '../sessions/clock';

/** The clipboard, as far as it is needed here. */
export interface Clipboard {
  readText(): Thenable<string>;
  writeText(text: string): Thenable<void>;
}

export interface ClipboardGuardParts {
  readonly clipboard: Clipboard;
  readonly clock: Clock;
  /** Seconds; 0 for never. */
  readonly clearAfter: () => number;
  /** Whether it can be cleared at all: in a browser that needs a click of the person. */
  readonly canClear: boolean;
}

/** Takes a copied token off the clipboard after a while, unless the person has copied something else since. */
export class ClipboardGuard {
  private text: string | undefined;
  private cancel: Cancel | undefined;

  constructor(private readonly parts: ClipboardGuardParts) {}

  /** Returns the end of a sentence: how long the text stays. */
  async write(text: string): Promise<string> {
    const { clipboard, clock, canClear } = this.parts;
    this.cancel?.();
    await clipboard.writeText(text);
    const seconds = this.parts.clearAfter();
    if (!canClear || seconds === 0) {
      return 'stays on the clipboard';
    }
    this.text = text;
    this.cancel = clock.after(seconds * 1000, () => void this.clear());
    return `leaves the clipboard in ${seconds} s`;
  }

  /** At once: for the end of the window, too. */
  async clear(): Promise<void> {
    this.cancel?.();
    const { text } = this;
    this.text = undefined;
    if (text === undefined) {
      return;
    }
    try {
      if ((await this.parts.clipboard.readText()) === text) {
        await this.parts.clipboard.writeText('');
      }
    } catch {
      // the clipboard is not to be had any more, as when the window closes
    }
  }
}
