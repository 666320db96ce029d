import { type Answer, missingParameter, refusal } from './answer';
import { authorize } from './authorization';
import type { Call } from './call';
import { authenticate } from './clientAuthentication';
import type { Identity } from './identity';
import { redeemCode } from './redeemCode';

/** `GET /login`: what `https://login.reltio.com` is. */
export function loginPage(call: Call, identity: Identity): Answer {
  return authorize(call, identity, 'loginPage');
}

/** `POST /login/token`: a token for a code of the login page. Its body is JSON; a refresh goes to `/oauth/token`. */
export function loginPageToken(call: Call, identity: Identity): Answer {
  if (call.method !== 'POST') {
    return refusal(405, 'method_not_allowed', `Request method '${call.method}' not supported`, { allow: 'POST' });
  }
  const fields = fieldsOf(call, identity);
  const client = authenticate(call, fields, identity);
  if ('status' in client) {
    return client;
  }
  const { grant_type: grant, code, redirect_uri: redirectUri, code_verifier: verifier } = fields;
  if (grant !== 'authorization_code') {
    return refusal(400, 'unsupported_grant_type', `Unsupported grant type: ${grant ?? ''}`);
  }
  return code === undefined
    ? missingParameter('code')
    : redeemCode(identity, { client, code, redirectUri, verifier, route: 'loginPage' });
}

function fieldsOf({ form, json }: Call, { policy }: Identity): Call['form'] {
  const texts = Object.entries(json).filter((entry): entry is [string, string] => typeof entry[1] === 'string');
  return {
    ...(policy.loginPageTakes === 'json' ? {} : form),
    ...(policy.loginPageTakes === 'form' ? {} : Object.fromEntries(texts)),
  };
}
