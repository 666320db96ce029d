import type { HttpYacRequest } from './httpYac';

/**
 * What the variables hold in httpYac: the token takes its place only on the way to an environment. So no script, log,
 * history or code that httpYac generates contains a token, and a request that goes elsewhere carries none. A URL and a
 * header leave its characters as they are.
 */
export const placeholder = 'RELTIO-TOKEN-IS-ADDED-WHEN-SENT';

export const variables: Readonly<Record<'reltioToken' | 'reltioAuthorization', string>> = {
  reltioToken: placeholder,
  reltioAuthorization: `Bearer ${placeholder}`,
};

/** Objects in a request are a few levels deep; an option may refer to itself. */
const maxDepth = 4;

/** Whether the request is to carry a token as bearer, or has the placeholder where no token is put. */
export function placeOfToken({ url, headers = {}, body }: HttpYacRequest): 'nowhere' | 'bearer' | 'elsewhere' {
  const values = Object.entries(headers);
  const bearers = values.filter(([name, value]) => isBearer(name, value));
  const others = values.filter(([name, value]) => !isBearer(name, value));
  if (mentions(url) || mentions(body) || mentions(others) || bearers.length > 1) {
    return 'elsewhere';
  }
  return bearers.length === 1 ? 'bearer' : 'nowhere';
}

export function isBearer(name: string, value: unknown): boolean {
  const [text, ...others] = [value].flat() as readonly unknown[];
  return (
    name.toLowerCase() === 'authorization' &&
    others.length === 0 &&
    typeof text === 'string' &&
    new RegExp(`^\\s*bearer +${placeholder}\\s*$`, 'i').test(text)
  );
}

function mentions(value: unknown, depth = 0): boolean {
  if (typeof value === 'string' || Buffer.isBuffer(value)) {
    return value.includes(placeholder);
  }
  return (
    typeof value === 'object' &&
    value !== null &&
    depth < maxDepth &&
    Object.entries(value).some(([name, inner]) => name.includes(placeholder) || mentions(inner, depth + 1))
  );
}
