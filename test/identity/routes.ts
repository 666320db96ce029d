import { type Answer, notFound, refusal } from './answer';
import type { Call } from './call';
import { checkToken } from './checkToken';
import { dataApi } from './dataApi';
import { discovery } from './discovery';
import type { Identity } from './identity';
import { register } from './registration';
import { revoke } from './revoke';
import { loginPage, loginPageToken } from './loginPage';
import { escaped, page } from './page';
import { sso, ssoCheck } from './sso';
import { tokenEndpoint } from './tokenEndpoint';
import { welcome } from './welcome';

/** The genuine answer to a call. Never throws: what an endpoint throws becomes a 500. */
export function answer(call: Call, identity: Identity): Answer {
  try {
    switch (call.path) {
      case '/':
        return welcome(call, identity);
      case '/oauth/token':
        return tokenEndpoint(call, identity);
      case '/oauth/checkToken':
        return checkToken(call, identity);
      case '/oauth/revoke':
        return revoke(call, identity);
      case '/oauth/sso':
        return sso(call, identity);
      case '/oauth/ssoCheck':
        return ssoCheck(call, identity);
      case '/login':
        return loginPage(call, identity);
      case '/login/token':
        return loginPageToken(call, identity);
      case '/ai/tools/register':
        return register(call, identity);
      case '/oauth/callback':
        return page('You are signed in', '<p>Copy the address of this page.</p>');
      case '/error':
        return page('Reltio cannot sign you in', `<p>${escaped(call.query['id'] ?? '')}</p>`);
      default:
        return discovery(call, identity) ?? dataApi(call, identity) ?? notFound();
    }
  } catch (error) {
    return refusal(500, 'server_error', error instanceof Error ? error.message : String(error));
  }
}
