import type { HttpClient, HttpRequest, HttpResponse, TransportFailure } from '../../src/core/oauth/httpClient';
import { parseCall } from '../identity/call';
import { faultAnswer } from '../identity/faultAnswers';
import type { Identity } from '../identity/identity';
import { answer } from '../identity/routes';
import type { Process } from './process';
import type { Watch } from './watch';
import type { Misfortune, Outages } from './outages';

/** One request on its way, as those who watch the rules see it. */
export interface Travel {
  readonly by: Process;
  readonly sentAt: number;
  readonly path: string;
  readonly form: Readonly<Record<string, string>>;
  readonly misfortune: Misfortune | undefined;
  /** Whether the process still waits for it. */
  isOpen: boolean;
}

const lostConnection: TransportFailure = { kind: 'failure', code: 'unreachable', nodeCode: 'ECONNRESET' };

/** The network of one window, and at its end the identity server of `test/identity` itself. */
export function network(by: Process, identity: Identity, weather: Outages, watch: Watch): HttpClient {
  const { dice, machine } = by;
  const { scheduler } = machine;
  const serve = ({ method, url, headers, body }: HttpRequest): HttpResponse => ({
    kind: 'response',
    ...answer(parseCall(method, url.slice(new URL(url).origin.length), headers, body ?? ''), identity),
  });

  return {
    send: (request, signal) =>
      new Promise((resolve) => {
        const misfortune = weather.misfortune();
        const travel: Travel = {
          by,
          sentAt: scheduler.now,
          path: new URL(request.url).pathname,
          form: Object.fromEntries(new URLSearchParams(request.body ?? '')),
          misfortune,
          isOpen: true,
        };
        watch.sent(travel);
        const settle = (result: HttpResponse | TransportFailure): void => {
          if (travel.isOpen && by.alive) {
            travel.isOpen = false;
            watch.received(travel, result);
            resolve(result);
          }
        };
        const comeBack = (result: HttpResponse | TransportFailure, after: number): void => {
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
        const takes = dice.chance(0.9) ? dice.between(30, 400) : dice.between(400, 3_000);
        scheduler.after(takes / 2, () => {
          if (misfortune?.kind === 'hang') {
            return;
          }
          if (misfortune?.kind === 'lost') {
            comeBack({ kind: 'failure', code: dice.pick(['unreachable', 'dns', 'tls', 'proxy']) }, takes / 2);
            return;
          }
          const spoiled = misfortune === undefined || misfortune.kind === 'late' ? undefined : faultAnswer(misfortune);
          if (spoiled !== undefined) {
            comeBack({ kind: 'response', ...spoiled }, takes / 2);
            return;
          }
          const genuine = serve(request);
          watch.served(travel, genuine);
          if (misfortune?.kind === 'lostAnswer') {
            comeBack(lostConnection, takes / 2);
          } else {
            comeBack(genuine, misfortune?.kind === 'late' ? misfortune.milliseconds : takes / 2);
          }
        });
      }),
  };
}
