import { parseJsonObject } from '../../src/core/base/json';
import type { HttpResponse, TransportFailure } from '../../src/core/oauth/httpClient';

type Answer = HttpResponse | TransportFailure;

/** Members whose values say how a server works, and nothing about a person or a customer. */
const SHOWN = new Set(['token_type', 'expires_in', 'error', 'errorCode', 'mfaType', 'active']);
/** Members of which the members are named too. The names in others may be those of roles and tenants. */
const OPENED = new Set(['state_token', 'error']);
/** Members whose text is shown word by word; see `plainWords`. */
const TEXTS = new Set(['error_description', 'errorMessage', 'errorDetailMessage', 'message']);
/** What an error text may say in the report. Any other word may be a token, a name or a tenant, and becomes `…`. */
const WORDS = new Set(
  (
    'a access account active allowed an and are authentication bad been blocked by cannot client code credentials denied ' +
    'description disabled does error exist expired failed for forbidden found full grant has id in internal invalid ip is ' +
    'limit locked login many match method missing must no not of on or parameter password permission please present ' +
    'redirect refresh rejected required requested request resource revoked role scope secret server support supported ' +
    'tenant the this to token too try type unauthorized unknown unsupported uri url used user username valid was with wrong'
  ).split(' '),
);

/**
 * What an answer looks like, without what it says: status, type, and the names and types of its members.
 *
 * @param members `counted` where the members of an answer that is no error may be named after customers
 */
export function shapeOf(answer: Answer, members: 'named' | 'counted' = 'named'): string {
  if (answer.kind === 'failure') {
    return `no answer (${[answer.code, answer.nodeCode].filter(Boolean).join(', ')})`;
  }
  const { status, headers, body } = answer;
  const type = /^[\w.+-]+\/[\w.+-]+/.exec(headers['content-type'] ?? '')?.[0] ?? 'no content type';
  const areNamed = members === 'named' || status >= 400;
  return `HTTP ${status}, ${type}: ${bodyShape(body, areNamed)}${headerShape(headers)}`;
}

function bodyShape(body: string, areNamed: boolean): string {
  const json = parseJsonObject(body);
  if (json !== undefined) {
    return areNamed ? membersOf(json, true) : `object of ${Object.keys(json).length}`;
  }
  if (body.trim() === '') {
    return 'empty';
  }
  try {
    const value: unknown = JSON.parse(body);
    return Array.isArray(value) ? `array of ${value.length}` : typeof value;
  } catch {
    return `${body.length} characters that are not JSON`;
  }
}

function membersOf(json: Readonly<Record<string, unknown>>, mayOpen: boolean): string {
  const members = Object.entries(json).map(([name, value]) =>
    /^[A-Za-z][A-Za-z_]{0,39}$/.test(name)
      ? `${name} ${valueShape(name, value, mayOpen)}`
      : 'a member with another name',
  );
  return `{ ${members.join(', ')} }`;
}

function valueShape(name: string, value: unknown, mayOpen: boolean): string {
  if (typeof value === 'string') {
    if (TEXTS.has(name)) return `"${plainWords(value)}"`;
    // a code, not a sentence
    if (SHOWN.has(name) && /^[A-Za-z0-9_.]{1,40}$/.test(value)) return `"${value}"`;
    return `string of ${value.length}`;
  }
  if (typeof value === 'number' || typeof value === 'boolean') {
    return SHOWN.has(name) ? String(value) : typeof value;
  }
  if (Array.isArray(value)) return `array of ${value.length}`;
  if (typeof value === 'object' && value !== null) {
    return mayOpen && OPENED.has(name)
      ? membersOf(value as Record<string, unknown>, false)
      : `object of ${Object.keys(value).length}`;
  }
  return 'null';
}

/** `Invalid refresh token: 0f3e…` becomes `Invalid refresh token: …`. */
export function plainWords(text: string): string {
  const words = text
    .slice(0, 400)
    .split(/\s+/)
    .map((word) => {
      const [, bare = '', mark = ''] = /^["'(]?([A-Za-z]+)["')]?([.,:;!?]?)$/.exec(word) ?? [];
      return WORDS.has(bare.toLowerCase()) ? bare + mark : '…';
    });
  return words.filter((word, index) => word !== '…' || words[index - 1] !== '…').join(' ');
}

/** Whether two headers are there that nobody documents. Their values are harmless: seconds, and names of schemes. */
function headerShape(headers: Readonly<Record<string, string>>): string {
  const retry = /^\d{1,6}$/.exec(headers['retry-after'] ?? '')?.[0];
  const scheme = /^\w+/.exec(headers['www-authenticate'] ?? '')?.[0];
  return [
    ...(retry === undefined ? [] : [`; Retry-After ${retry}`]),
    ...(scheme === undefined ? [] : [`; WWW-Authenticate ${scheme}`]),
  ].join('');
}
