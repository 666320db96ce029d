import type { HttpClient, HttpRequest, HttpResponse, TransportFailure } from '../../src/core/oauth/httpClient';
import { parseCall } from '../identity/call';
import { faultAnswer } from '../identity/faultAnswers';
import type { Identity } from '../identity/identity';
import { answer } from '../identity/routes';
import type { Process } from './process';
import type { RuleChecker } from './ruleChecker';
import { parseSent, type SentRequest } from './sentRequest';
import type { Outages } from './outages';

const lostConnection: TransportFailure = { kind: 'failure', code: 'unreachable', nodeCode: 'ECONNRESET' };

/** The network between one window and the identity server of `test/identity`. */
export function network(by: Process, identity: Identity, outages: Outages, rules: RuleChecker): HttpClient {
  const { dice, machine } = by;
  const { scheduler } = machine;
  const serve = ({ method, url, headers, body }: HttpRequest): HttpResponse => ({
    kind: 'response',
    ...answer(parseCall(method, url.slice(new URL(url).origin.length), headers, body ?? ''), identity),
  });

  return {
    send: (request, signal) =>
      new Promise((resolve) => {
        const fault = outages.nextFault();
        const parsed = parseSent(request);
        const sent: SentRequest = {
          by,
          sentAt: scheduler.now,
          ...parsed,
          isClientSignIn: rules.isSigningIn(by, parsed.clientId),
          fault,
          isOpen: true,
        };
        rules.sent(sent);
        const settle = (result: HttpResponse | TransportFailure): void => {
          if (sent.isOpen && by.isRunning) {
            sent.isOpen = false;
            rules.received(sent, result);
            resolve(result);
          }
        };
        const deliverAfter = (result: HttpResponse | TransportFailure, after: number): void => {
          scheduler.after(after, () => {
            by.deliver(() => {
              settle(result);
            });
          });
        };
        signal.addEventListener('abort', () => {
          settle({ kind: 'failure', code: 'cancelled' });
        });
        if (signal.aborted) {
          settle({ kind: 'failure', code: 'cancelled' });
          return;
        }
        const duration = dice.chance(0.9) ? dice.between(30, 400) : dice.between(400, 3_000);
        scheduler.after(duration / 2, () => {
          if (fault?.kind === 'hang') {
            return;
          }
          if (fault?.kind === 'lost') {
            deliverAfter({ kind: 'failure', code: dice.pick(['unreachable', 'dns', 'tls', 'proxy']) }, duration / 2);
            return;
          }
          const faulty = fault === undefined || fault.kind === 'late' ? undefined : faultAnswer(fault);
          if (faulty !== undefined) {
            deliverAfter({ kind: 'response', ...faulty }, duration / 2);
            return;
          }
          const genuine = serve(request);
          rules.answered(sent, genuine);
          if (fault?.kind === 'lostAnswer') {
            deliverAfter(lostConnection, duration / 2);
          } else {
            deliverAfter(genuine, fault?.kind === 'late' ? fault.milliseconds : duration / 2);
          }
        });
      }),
  };
}
