import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Clock } from '../base/clock';
import type { Failure } from '../base/failure';
import type { Log } from '../base/log';
import type { AdmittedRequest } from './admission';
import { Forwarding } from './forwarding/forwarding';
import type { Permissions } from './permissions';
import type { ProxiedEnvironment } from './proxiedEnvironment';
import type { Refuse } from './proxyServer';
import { unexpected } from './refusal';
import type { TokenSource } from './tokenSource';
import type { Upstream } from './upstream';

export interface ForwarderParts {
  readonly upstream: Upstream;
  /** Those of the settings now. */
  readonly environments: () => Promise<readonly ProxiedEnvironment[]>;
  readonly tokens: TokenSource;
  readonly permissions: Permissions;
  /** The sentence about a failure, without a secret. */
  readonly explain: (failure: Failure) => string;
  /** Called once for each request that was sent to an environment. */
  readonly onForwarded: () => void;
  readonly clock: Clock;
  readonly log: Log;
}

/** Sends admitted requests to their environments, with the token, and the answers back. */
export class Forwarder {
  constructor(private readonly parts: ForwarderParts) {}

  /** Never rejects. */
  async forward(
    admitted: AdmittedRequest,
    request: IncomingMessage,
    response: ServerResponse,
    refuse: Refuse,
  ): Promise<void> {
    try {
      await new Forwarding(this.parts, admitted, request, response, refuse).run();
    } catch {
      // says nothing about what was thrown: it may quote what was being sent
      this.parts.log.warn('local proxy: a request could not be forwarded', { method: request.method ?? '' });
      refuse(unexpected);
    }
  }
}
