import type { FailureCode } from '../base/failureTable';
import type { RefusalCode } from '../base/refusalCode';

/** An answer of the proxy itself: plain text, one or two sentences that say what to do. */
export interface Refusal {
  readonly code: RefusalCode;
  readonly status: number;
  readonly sentence: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** The failure behind `notSignedIn` and `upstream`; `X-Reltio-Local-Proxy` names it instead of the refusal. */
  readonly failure?: FailureCode;
}

/** The methods that are forwarded. */
export const forwardedMethods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];

const copyAgain = 'Run "Reltio: Copy Local Proxy Address" in VS Code and use the address that it copies.';

interface RefusalRow {
  readonly status: number;
  readonly sentence: string;
  readonly headers?: Readonly<Record<string, string>>;
}

const itsOwnAddress = `The local proxy has an address of its own, so do not set it as the HTTP proxy of a program. ${copyAgain}`;

/** Where what follows on the connection cannot be told apart from this request, or was meant for another protocol. */
const close = { Connection: 'close' };

const challenge = { 'WWW-Authenticate': 'Bearer' };

const rows: Readonly<Record<FixedRefusalCode, RefusalRow>> = {
  key: {
    status: 401,
    sentence: `The key of the local proxy is missing or no longer valid. ${copyAgain}`,
    headers: challenge,
  },
  authorization: {
    status: 401,
    sentence:
      'The Authorization header does not have the key of the local proxy. Leave it out and use the address that "Reltio: Copy ' +
      'Local Proxy Address" copies in VS Code, or send the header that "Reltio: Copy MCP Configuration" copies.',
    headers: challenge,
  },
  host: {
    status: 403,
    sentence: `The local proxy answers only to 127.0.0.1 or localhost, with its own port. ${copyAgain}`,
  },
  origin: {
    status: 403,
    sentence:
      'Web pages may not use the local proxy. Use it from a program, such as curl, Postman or a script, without an Origin header.',
  },
  target: {
    status: 400,
    sentence:
      'The path must stay in its environment, and must not contain a backslash or a control character. Correct the address: ' +
      'spaces and letters beyond ASCII must be sent encoded, such as %20, or %C3%BC for ü.',
  },
  absoluteTarget: {
    status: 400,
    sentence: itsOwnAddress,
  },
  method: {
    status: 405,
    sentence: `The local proxy forwards ${forwardedMethods.join(', ')} only. Use one of these methods.`,
    headers: { Allow: forwardedMethods.join(', ') },
  },
  connect: {
    status: 405,
    sentence: itsOwnAddress,
    headers: { Allow: forwardedMethods.join(', ') },
  },
  upgrade: {
    status: 400,
    sentence: 'The local proxy forwards plain HTTP only, no WebSocket. Send the request without an Upgrade header.',
    headers: close,
  },
  expectation: {
    status: 417,
    sentence: 'The local proxy knows no expectation but 100-continue. Send the request without its Expect header.',
  },
  noOAuth: {
    status: 404,
    sentence: `The local proxy has no sign-in of its own, only a key. ${copyAgain}`,
  },
  badRequest: {
    status: 400,
    sentence: 'This is not a valid HTTP request, so nothing was forwarded. Check the program that sent it.',
    headers: close,
  },
  headersTooLarge: {
    status: 431,
    sentence:
      'The address and the headers of this request are longer than 32 KB together. Send less in them, or a request body.',
    headers: close,
  },
  requestTimeout: {
    status: 408,
    sentence: 'The request did not arrive completely in time. Send it again.',
    headers: close,
  },
  stopping: {
    status: 503,
    sentence:
      'The local proxy stops or moves to another VS Code window. Try again in a few seconds, or run "Reltio: Start Local Proxy".',
  },
};

/** Those whose sentences name something that only the request or a failure knows. */
type WithDetails = 'unknownEnvironment' | 'productionNotAllowed' | 'tokenNotAllowed' | 'notSignedIn' | 'upstream';

/** Those whose sentences are always the same. */
export type FixedRefusalCode = Exclude<RefusalCode, WithDetails>;

export function refusal(code: FixedRefusalCode): Refusal {
  return { code, ...rows[code] };
}

/** @param names of all environments of the settings, fit to be shown */
export function unknownEnvironment(names: string): Refusal {
  return {
    code: 'unknownEnvironment',
    status: 404,
    sentence:
      names === ''
        ? 'There is no Reltio environment yet. Run "Reltio: Add Environment" in VS Code.'
        : `There is no environment with this name. Use one of these in the address: ${names}.`,
  };
}

export function productionNotAllowed(environment: string, method: string): Refusal {
  return {
    code: 'productionNotAllowed',
    status: 403,
    sentence:
      `${method} was not allowed in ${environment}, a production environment. Send it again in a minute, and allow it in the ` +
      'VS Code window that asks.',
  };
}

export function tokenNotAllowed(host: string): Refusal {
  return {
    code: 'tokenNotAllowed',
    status: 403,
    sentence:
      `A token for ${host} was not allowed. If that host is yours, send the request again in a minute, and allow it in the ` +
      'VS Code window that asks.',
  };
}

/** @param sentence what the user reads about the failure in VS Code too */
export function failed(code: 'notSignedIn' | 'upstream', failure: FailureCode, sentence: string): Refusal {
  return { code, status: code === 'notSignedIn' ? 503 : 502, sentence, failure };
}

/** For a defect of ours. */
export const unexpected: Refusal = {
  code: 'upstream',
  status: 502,
  sentence:
    'The local proxy could not forward this request, because of an error of its own. Try again; if it happens again, please ' +
    'report it.',
};
