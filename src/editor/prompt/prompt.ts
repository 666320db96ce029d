import type { Choice } from './confirm';

/** How a sign-in asks the person. Implemented by VS Code's quick input; tests in the extension host answer by script. */
export interface Prompt {
  /** @throws {Failure} `cancelled` when the person leaves */
  box<T>(step: BoxStep<T>): Promise<T | Back>;
  /** @throws {Failure} `cancelled` when the person leaves */
  pick<T>(step: PickStep<T>): Promise<T | Back>;
  /**
   * Asks for consent, in a modal that no command can answer. Undefined where the person gives none.
   *
   * @throws {Failure} `cancelled` when the time is over
   */
  choose<T extends string>(choice: Choice<T>): Promise<T | undefined>;
}

/** Registered, because this module stands in more than one bundle file, and all must mean the same. */
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
  /** Stands in the box from the start. */
  readonly value?: string;
  /** Dots instead of characters. */
  readonly secret?: boolean;
  /** What becomes of a text before Enter: `submit` takes it at once, `secret` hides it behind dots. Readable without. */
  readonly takes?: (text: string) => 'submit' | 'secret' | 'readable';
  readonly links?: readonly Link<T>[];
  /** Called at Enter. The box stays open and busy until it answers; leaving the box aborts the signal. */
  submit(text: string, signal: AbortSignal): Promise<Submitted<T>>;
}

/** A button in the box that leads elsewhere. */
export interface Link<T> {
  readonly icon: string;
  readonly tooltip: string;
  readonly value: T;
}

export type Submitted<T> =
  | { readonly kind: 'accepted'; readonly value: T }
  /** Said inside the box, which stays. `clear` empties it: what was typed is of no more use. */
  | { readonly kind: 'refused'; readonly sentence: string; readonly clear?: boolean };

export interface PickStep<T> extends AnyStep {
  readonly placeholder: string;
  readonly items: readonly PickItem<T>[];
}

export interface PickItem<T> {
  readonly label: string;
  readonly description?: string;
  readonly detail?: string;
  readonly value: T;
}
