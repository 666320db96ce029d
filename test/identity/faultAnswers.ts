import { type Answer, html, json, refusal } from './answer';
import type { Fault } from './faults';
import { forbidden } from './forbidden';

/** The response, for a fault that replaces the answer; undefined for a fault of the connection or of the delivery. */
export function faultAnswer(fault: Fault): Answer | undefined {
  switch (fault.kind) {
    case 'tooManyRequests':
      return tooManyRequests(fault);
    case 'forbidden':
      return forbidden(fault.shape);
    case 'serverError':
      return fault.body === 'html'
        ? html(
            fault.status,
            `<html><head><title>${fault.status}</title></head><body><h1>Service unavailable</h1></body></html>`,
          )
        : json(fault.status, {
            severity: 'Error',
            errorMessage: 'Internal application error.',
            errorCode: 2001,
          });
    case 'captivePortal':
      return html(200, '<!DOCTYPE html><html><body><form action="/login">Welcome to Hotel Wi-Fi</form></body></html>');
    case 'emptyBody':
      return { status: fault.status ?? 200, headers: { 'content-type': 'application/json' }, body: '' };
    case 'brokenJson':
      return { ...json(200, null), body: '{"access_token":"204938ca-2cf7-44b0-b11a-1b4c59984512","token_ty' };
    case 'json':
      return json(fault.status ?? 200, fault.body);
    case 'redirect':
      return html(fault.status ?? 307, '', { location: fault.to });
    default:
      return undefined;
  }
}

/** Whether the request is really served before the fault spoils the delivery of its answer. */
export function spoilsTheAnswer(fault: Fault): boolean {
  return ['lostAnswer', 'slowDrip', 'wait', 'fields'].includes(fault.kind);
}

/** A JSON answer with some top-level fields replaced, or left out where the value is undefined. */
export function withFields(answer: Answer, fields: Readonly<Record<string, unknown>>): Answer {
  const genuine = JSON.parse(answer.body) as Record<string, unknown>;
  return { ...answer, body: JSON.stringify({ ...genuine, ...fields }) };
}

function tooManyRequests({ retryAfter, body = 'json' }: Extract<Fault, { kind: 'tooManyRequests' }>): Answer {
  const headers: Record<string, string> = retryAfter === undefined ? {} : { 'retry-after': String(retryAfter) };
  switch (body) {
    case 'json':
      return refusal(429, 'too_many_requests', 'Too Many Requests', headers);
    case 'html':
      return html(429, '<html><body>Too Many Requests</body></html>', headers);
    case 'empty':
      return { status: 429, headers, body: '' };
  }
}
