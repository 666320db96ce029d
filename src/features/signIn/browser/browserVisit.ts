import { isFailure, type Failure } from '../../../core/base/failure';
import type { AuthorizationRequest } from '../../../core/browserSignIn/authorizationRequest';
import type { Callback } from '../../../core/browserSignIn/callback';
import type { CallbackListener } from '../../../core/browserSignIn/callbackListener';
import type { SignedIn } from '../../../core/calls/signInAttempt';
import { describe } from '../../../editor/messages/messages';
import type { OpenBox, Submitted } from '../../../editor/prompt/prompt';
import { callbackText, exposedText, noCallbackText, notOpened, notReady, tookTooLong } from './browserTexts';
import type { BrowserTools } from './browserTools';
import { startListening, type ListeningPlace } from './startListening';

/** Why something did not work, in a sentence for the box. */
export interface Refused {
  readonly refused: string;
}

/** A page at which users sign in, and the server that takes the code from there. */
export interface BrowserRoute {
  /**
   * @returns the request for the browser, and why it is not opened by itself, if so
   * @throws {Failure}
   */
  begin(signal: AbortSignal): Promise<{ readonly request?: AuthorizationRequest; readonly refused?: string }>;
  /** @throws {Failure} `clientRejected` closes the box; any other is shown in it */
  redeem(request: AuthorizationRequest, code: string, signal: AbortSignal): Promise<SignedIn | Refused>;
  /** Called with the `error` of a callback. */
  wasRefused?(error: string): void;
}

/** The answer of a box that waits for the browser. */
export type Visited = SignedIn | Failure;

/** The visits to the browser of one box: each opening of the browser has a new request, and only one is active at a time. */
export class BrowserVisit<T> {
  private request: AuthorizationRequest | undefined;
  /** Why there is none, if the sign-in is not still being prepared. */
  private withheld: string | undefined;
  /** Whether the box has warned that another program would receive the code: then the user decides. */
  private isWarned = false;
  private current = new AbortController();
  private settled: Promise<void> = Promise.resolve();
  private box: OpenBox<T | Visited> | undefined;
  private redeeming: { readonly code: string; readonly outcome: Promise<Visited | Refused> } | undefined;

  constructor(
    private readonly route: BrowserRoute,
    private readonly tools: BrowserTools,
    private readonly place: ListeningPlace,
  ) {}

  start(box: OpenBox<T | Visited>): void {
    this.box = box;
    this.again();
  }

  /** Opens the browser again. What the last visit brings from now on is ignored. */
  again(): void {
    const { box } = this;
    if (box === undefined) {
      return;
    }
    this.current.abort();
    this.current = new AbortController();
    const signal = AbortSignal.any([box.closed, this.current.signal]);
    this.settled = this.settled.then(() => this.visit(box, signal));
  }

  async copy(): Promise<void> {
    if (this.request === undefined) {
      this.box?.refuse(this.withheld ?? notReady());
    } else {
      await this.tools.copy(this.request.url);
    }
  }

  /** Reads what the user pasted instead of waiting. */
  async paste(text: string, signal: AbortSignal): Promise<Submitted<Visited>> {
    const { request, tools } = this;
    const { pastedCallback, readPastedCallback } = await import('../../../core/browserSignIn/browserSignIn');
    const parameters = pastedCallback(text);
    if (typeof parameters === 'string') {
      return { kind: 'refused', sentence: noCallbackText(parameters, tools.redirect.address), clear: true };
    }
    if (request === undefined) {
      return { kind: 'refused', sentence: this.withheld ?? notReady() };
    }
    const outcome = await this.outcomeOf(readPastedCallback(request, parameters), request, signal);
    return 'refused' in outcome
      ? { kind: 'refused', sentence: outcome.refused, clear: true }
      : { kind: 'accepted', value: outcome };
  }

  /** Resolves when the port is free again. Call it when the box is closed. */
  async end(): Promise<void> {
    this.current.abort();
    await this.settled;
  }

  private async visit(box: OpenBox<T | Visited>, signal: AbortSignal): Promise<void> {
    let listener: CallbackListener | undefined;
    try {
      if (signal.aborted) {
        return;
      }
      box.wait(true);
      this.request = undefined;
      this.withheld = undefined;
      const { request, refused } = await this.route.begin(signal);
      if (request === undefined || refused !== undefined) {
        this.request = request;
        box.refuse(refused ?? notReady());
        return;
      }
      const listening = await startListening(request, this.tools, this.place, signal);
      signal.throwIfAborted(); // a warning would not be read: the next visit replaces it, or the box is closed
      if (listening === 'exposed' && !this.isWarned) {
        this.isWarned = !this.place.listens; // a box that waits for the browser offers to paste instead
        this.withheld = exposedText(request, this.place.listens);
        box.refuse(this.withheld);
        return;
      }
      this.request = request;
      if (isFailure(listening)) {
        throw listening;
      }
      listener = listening === 'exposed' ? undefined : listening;
      const callback = listener?.answer;
      callback?.catch(() => undefined); // it may fail before it is awaited
      void this.open(box, request, signal);
      if (callback !== undefined) {
        const outcome = await this.received(request, await callback, signal);
        if ('refused' in outcome) {
          box.refuse(outcome.refused);
        } else {
          box.answer(outcome);
        }
      }
    } catch (error) {
      if (!signal.aborted) {
        box.refuse(isFailure(error) && error.code === 'callbackTimeout' ? tookTooLong() : describe(error));
      }
    } finally {
      if (!signal.aborted) {
        box.wait(false);
      }
      await listener?.close();
    }
  }

  /** Not awaited before the answer: VS Code may ask the user first, who may open the address elsewhere meanwhile. */
  private async open(box: OpenBox<T | Visited>, request: AuthorizationRequest, signal: AbortSignal): Promise<void> {
    const isOpen = await this.tools.open(request.url);
    if (!isOpen && !signal.aborted) {
      box.refuse(notOpened());
    }
  }

  private async received(
    request: AuthorizationRequest,
    parameters: URLSearchParams,
    signal: AbortSignal,
  ): Promise<Visited | Refused> {
    const { readCallback } = await import('../../../core/browserSignIn/browserSignIn');
    return await this.outcomeOf(readCallback(request, parameters), request, signal);
  }

  private async outcomeOf(
    callback: Callback,
    request: AuthorizationRequest,
    signal: AbortSignal,
  ): Promise<Visited | Refused> {
    if (callback.kind !== 'code') {
      if (callback.kind === 'refused') {
        this.route.wasRefused?.(callback.error);
      }
      return { refused: callbackText(callback) };
    }
    return await this.redeem(request, callback.code, signal);
  }

  /** A code may arrive by itself and be pasted too. A server may revoke the tokens of one that is sent twice (RFC 6749, 4.1.2). */
  private async redeem(request: AuthorizationRequest, code: string, signal: AbortSignal): Promise<Visited | Refused> {
    if (this.redeeming?.code === code) {
      return await this.redeeming.outcome;
    }
    const outcome = this.route.redeem(request, code, signal).catch((error: unknown) => {
      if (isFailure(error) && error.code === 'clientRejected') {
        return error;
      }
      throw error;
    });
    const redeeming = { code, outcome };
    this.redeeming = redeeming;
    return await outcome.finally(() => {
      if (this.redeeming === redeeming) {
        this.redeeming = undefined;
      }
    });
  }
}
