import type { Choice } from './confirm';

/** How a sign-in asks the user. VS Code's quick input implements it; tests in the extension host use a scripted one. */
export interface Prompt {
  /** @throws {Failure} `cancelled` when the user leaves */
  box<T>(step: BoxStep<T>): Promise<T | Back>;
  /** @throws {Failure} `cancelled` when the user leaves */
  pick<T>(step: PickStep<T>): Promise<T | Back>;
  /**
   * Asks for consent, in a modal that no command can answer. Undefined if the user does not agree.
   *
   * @throws {Failure} `cancelled` at the deadline
   */
  choose<T extends string>(choice: Choice<T>): Promise<T | undefined>;
}

/** `Symbol.for`, because several bundle files include this module and must share the symbol. */
export const back: unique symbol = Symbol.for('reltioAuth.back');
export type Back = typeof back;

export interface AnyStep {
  readonly title: string;
  /** Counted from 1. */
  readonly step: number;
  readonly totalSteps: number;
  readonly canGoBack: boolean;
  /** A page of Reltio's documentation, behind a button "What is this?". */
  readonly help?: string;
}

export interface BoxStep<T> extends AnyStep {
  readonly prompt: string;
  readonly placeholder?: string;
  /** The initial text. */
  readonly value?: string;
  /** Shows dots instead of characters. */
  readonly secret?: boolean;
  /** How to treat a text before Enter: `submit` accepts it at once, `secret` shows it as dots. Readable by default. */
  readonly inputKind?: (text: string) => 'submit' | 'secret' | 'readable';
  readonly links?: readonly Link<T>[];
  /** Called once when the box opens. What happens outside VS Code can then answer it, or show in it what went wrong. */
  opened?(box: OpenBox<T>): void;
  /** Called at Enter. The box stays open and busy until this resolves; leaving the box aborts the signal. */
  submit(text: string, signal: AbortSignal): Promise<Submitted<T>>;
}

/** A button in the box that leads elsewhere, or does something while the box stays open. */
type Link<T> = {
  readonly icon: string;
  readonly tooltip: string;
} & ({ readonly value: T } | { run(): void });

/** A box while the user sees it. */
export interface OpenBox<T> {
  /** Aborts when the box closes. */
  readonly closed: AbortSignal;
  answer(value: T): void;
  /** Shows or hides the progress bar. When it appears, the last sentence disappears. */
  wait(isWaiting: boolean): void;
  refuse(sentence: string): void;
}

export type Submitted<T> =
  | { readonly kind: 'accepted'; readonly value: T }
  /** Shown inside the box, which stays open. `clear` empties it. */
  | { readonly kind: 'refused'; readonly sentence: string; readonly clear?: boolean };

export interface PickStep<T> extends AnyStep {
  readonly placeholder: string;
  readonly items: readonly PickItem<T>[];
  /** Whether the user has chosen this one before, if they have come back to the list: then it is selected again. */
  wasChosen?(value: T): boolean;
  /**
   * Runs while the list is open and busy. Its result closes the list, unless the user chooses an item first or leaves: then
   * the signal aborts. What it throws, `pick` throws.
   */
  readonly work?: (signal: AbortSignal) => Promise<T>;
}

export interface PickItem<T> {
  readonly label: string;
  readonly description?: string;
  readonly detail?: string;
  /** Why it cannot be chosen. It is listed last; choosing it shows this sentence, and the list stays open. */
  readonly unavailable?: string;
  readonly value: T;
}
