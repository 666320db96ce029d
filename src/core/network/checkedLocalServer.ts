import type { HttpClient } from '../oauth/httpClient';
import type { ServerMemory } from './runningServer';

/** Checks which server is running before a request goes to this machine over plain `http`. */
export function checkedLocalServer(http: HttpClient, memory: ServerMemory): HttpClient {
  return {
    send: async (request, signal) =>
      request.url.startsWith('http:')
        ? await (await import('./runningServer')).sendToRunningServer(http, memory, request, signal)
        : await http.send(request, signal),
  };
}
