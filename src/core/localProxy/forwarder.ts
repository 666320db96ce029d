import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AdmittedRequest } from './admission';
import type { ForwarderParts } from './forwarding/forwarderParts';
import { Forwarding } from './forwarding/forwarding';
import type { Refuse } from './proxyServer';
import { unexpected } from './refusal';

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
