import type { HttpRequest } from '../../src/core/oauth/httpClient';
import type { RequestFault } from './outages';
import type { Process } from './process';

/** A request, as the rules see it. */
export interface SentRequest {
  readonly by: Process;
  readonly sentAt: number;
  readonly path: string;
  readonly form: Readonly<Record<string, string>>;
  /** The client that authenticates, in the header or in the body. */
  readonly clientId: string | undefined;
  readonly isInHeaderAndBody: boolean;
  /** Whether a user of this window is signing in with this client, without a user name, at the moment. */
  readonly isClientSignIn: boolean;
  readonly fault: RequestFault | undefined;
  /** Whether the process still waits for the answer. */
  isOpen: boolean;
}

/** Whether it asks for the next token of a session. */
export function isRefresh({ path, form, isClientSignIn }: SentRequest): boolean {
  const grant = form['grant_type'];
  return path === '/oauth/token' && (grant === 'refresh_token' || (grant === 'client_credentials' && !isClientSignIn));
}

export function parseSent({
  url,
  headers,
  body,
}: HttpRequest): Pick<SentRequest, 'path' | 'form' | 'clientId' | 'isInHeaderAndBody'> {
  const form = Object.fromEntries(new URLSearchParams(body ?? ''));
  const basic = /^Basic (.*)$/.exec(headers['authorization'] ?? '')?.[1];
  const inHeader = basic === undefined ? undefined : Buffer.from(basic, 'base64').toString().split(':', 1)[0];
  return {
    path: new URL(url).pathname,
    form,
    clientId: inHeader ?? form['client_id'],
    isInHeaderAndBody: inHeader !== undefined && (form['client_id'] ?? form['client_secret']) !== undefined,
  };
}
