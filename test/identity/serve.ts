import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Answer, refusal } from './answer';
import { type Call, parseCall } from './call';
import { drip, flood, readBody, reset, send, sendHeadersOnly } from './delivery';
import { faultAnswer, spoilsTheAnswer, withFields } from './faultAnswers';
import type { Fault, Faults } from './faults';
import type { HostedPart } from './hostedPart';
import type { Identity } from './identity';
import type { LoggedRequest, RequestLog } from './requestLog';
import { answer } from './routes';

export interface Parts {
  readonly identity: Identity;
  readonly requests: RequestLog;
  readonly faults: Faults;
  readonly hosted: HostedPart | undefined;
}

/** Reads, logs and answers one request, or applies the next fault to it. Rejects when the caller hangs up. */
export async function serve(room: Parts, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { identity, requests, faults, hosted } = room;
  const { socket } = request;
  const origin = `${socket instanceof TLSSocket ? 'https' : 'http'}://${request.headers.host ?? '127.0.0.1'}`;
  const parse = (body: string): Call =>
    parseCall(request.method ?? 'GET', request.url ?? '/', request.headers, body, origin);
  const head = parse('');
  const early = faults.takeBeforeReading(head.path);
  if (early) {
    requests.add(head).fault = early.kind;
    reset(socket);
    return;
  }
  if (hosted?.handles(head.path) === true) {
    const entry = requests.add(head);
    entry.status = await hosted.answer(head.path, request, response, identity);
    return;
  }
  const body = await readBody(request).catch((error: unknown) => {
    requests.add(head);
    throw error;
  });
  const call = parse(body);
  const entry = requests.add(call);
  const fault = faults.take(call.path, entry.grant);
  if (!fault) {
    reply(response, entry, answer(call, identity));
    return;
  }
  entry.fault = fault.kind;
  const scripted = faultAnswer(fault);
  if (scripted) {
    reply(response, entry, scripted);
    return;
  }
  const genuine = spoilsTheAnswer(fault) ? answer(call, identity) : undefined;
  await applyFault(fault, { socket, response, entry, genuine: genuine ?? refusal(500, 'server_error', 'Not served') });
}

function reply(response: ServerResponse, entry: LoggedRequest, final: Answer): void {
  entry.status = final.status;
  send(response, final);
}

interface Exchange {
  readonly socket: Socket;
  readonly response: ServerResponse;
  readonly entry: LoggedRequest;
  readonly genuine: Answer;
}

async function applyFault(fault: Fault, { socket, response, entry, genuine }: Exchange): Promise<void> {
  switch (fault.kind) {
    case 'hang':
      if (fault.after === 'headers') {
        entry.status = 200;
        sendHeadersOnly(response);
      }
      return;
    case 'hugeBody':
      entry.status = 200;
      flood(response, fault.bytes ?? 50 * 1024 * 1024);
      return;
    case 'slowDrip':
      entry.status = genuine.status;
      drip(response, genuine, fault.millisecondsPerByte ?? 20);
      return;
    case 'wait': {
      const gone = new AbortController();
      response.once('close', () => {
        gone.abort();
      });
      await sleep(fault.milliseconds, undefined, { signal: gone.signal });
      reply(response, entry, genuine);
      return;
    }
    case 'fields':
      reply(response, entry, withFields(genuine, fault.fields));
      return;
    default:
      reset(socket);
  }
}
