/** A whole response: status, headers with lower-case names, body text. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export function json(status: number, body: unknown, headers: Record<string, string> = {}): Answer {
  const type = { 'content-type': 'application/json;charset=UTF-8', 'cache-control': 'no-store', pragma: 'no-cache' };
  return { status, headers: { ...type, ...headers }, body: JSON.stringify(body) };
}

export function html(status: number, body: string, headers: Record<string, string> = {}): Answer {
  return { status, headers: { 'content-type': 'text/html;charset=UTF-8', ...headers }, body };
}

/** The shape of every refusal by the authorization server. */
export function refusal(
  status: number,
  error: string,
  description: string,
  headers: Record<string, string> = {},
): Answer {
  return json(status, { error, error_description: description }, headers);
}

/** Reltio's answer to a request that authenticates neither a user nor a client. */
export function unauthorized(scheme: 'Basic' | 'Bearer', error = 'unauthorized'): Answer {
  return refusal(401, error, 'Full authentication is required to access this resource', {
    'www-authenticate': `${scheme} realm="oauth", error="${error}"`,
  });
}

export function missingParameter(name: string): Answer {
  return refusal(400, 'invalid_request', `Required String parameter '${name}' is not present`);
}

export function notFound(): Answer {
  return refusal(404, 'not_found', 'No such resource');
}
