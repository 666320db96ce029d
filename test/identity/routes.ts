import { type Answer, refusal } from './answer';
import type { Call } from './call';
import { checkToken } from './checkToken';
import { dataApi } from './dataApi';
import type { Identity } from './identity';
import { revoke } from './revoke';
import { tokenEndpoint } from './tokenEndpoint';
import { welcome } from './welcome';

/** The genuine answer to a call. Never throws: what an endpoint throws becomes a 500. */
export function answer(call: Call, identity: Identity): Answer {
  try {
    switch (call.path) {
      case '/':
        return welcome(identity);
      case '/oauth/token':
        return tokenEndpoint(call, identity);
      case '/oauth/checkToken':
        return checkToken(call, identity);
      case '/oauth/revoke':
        return revoke(call, identity);
      default:
        return dataApi(call, identity) ?? refusal(404, 'not_found', 'No such resource');
    }
  } catch (error) {
    return refusal(500, 'server_error', error instanceof Error ? error.message : String(error));
  }
}
