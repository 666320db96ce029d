import { isObject, parseJsonObject, type Json } from '../base/json';

/** The body of an answer that reports an error, as far as it is read. */
export interface ErrorAnswer {
  readonly form: 'json' | 'page' | 'gatewayPage' | 'text' | 'empty' | 'notGiven';
  /** The fields that name or describe the error, from wherever the answer has them, under one set of names. */
  readonly fields: Json;
}

/** A longer text is not parsed; real answers have at most a stack trace of some KB (characters). */
const maxParsed = 262_144;
/** If a text is not whole JSON, its fields are searched for in the beginning: they come first (characters). */
const maxSearched = 16_384;
/** Of one field (characters). */
const maxFieldLength = 1_000;

/**
 * Where Reltio's services name the error. Some have an object `error` with `errorCode` and `errorMessage`, or with `code`,
 * `message` and `details`.
 */
const sameAs: Readonly<Record<string, string>> = { code: 'errorCode', details: 'errorDetailMessage' };
const names = [
  'error',
  'error_description',
  'errorCode',
  'errorMessage',
  'errorDetailMessage',
  'message',
  'error_code',
];

/** A run of characters that may be a token. Reltio repeats tokens in its answers, and nothing else so long matters. */
const possibleToken = /[\w.~+/=-]{20,}/g;

/**
 * Reads the body of an answer.
 *
 * @param body a text, maybe cut, or parsed JSON; undefined if the caller has none. May be anything: it comes from another
 *   extension.
 */
export function readErrorAnswer(body: unknown): ErrorAnswer {
  if (body === undefined || body === null) {
    return { form: 'notGiven', fields: {} };
  }
  if (typeof body !== 'string') {
    return fromJson(body) ?? { form: 'text', fields: {} };
  }
  const start = body.slice(0, maxSearched).trimStart();
  if (start === '') {
    return { form: 'empty', fields: {} };
  }
  if (/^\uFEFF?\s*<(!doctype html|html|head|body)\b/i.test(start)) {
    return { form: isGatewayPage(start) ? 'gatewayPage' : 'page', fields: {} };
  }
  if (!/^\uFEFF?\s*[[{]/.test(start)) {
    return { form: 'text', fields: {} };
  }
  const json = body.length <= maxParsed ? parse(body) : undefined;
  return fromJson(json) ?? { form: 'json', fields: searched(start) };
}

/** The bare pages with which a load balancer or a firewall in front of Reltio denies access. */
function isGatewayPage(text: string): boolean {
  return /<title>\s*(40[013]|forbidden\b)/i.test(text) || /\brequest could not be satisfied\b/i.test(text);
}

function parse(text: string): unknown {
  return parseJsonObject(text) ?? parseJsonObject(`{"list":${text.replace(/^\uFEFF/, '')}}`)?.['list'];
}

/** Undefined for anything but an object, or a list that begins with one. */
function fromJson(json: unknown): ErrorAnswer | undefined {
  const whole: unknown = Array.isArray(json) ? json[0] : json;
  if (!isObject(whole)) {
    return undefined;
  }
  const { error } = whole;
  return { form: 'json', fields: { ...picked(whole), ...(isObject(error) ? picked(error) : {}) } };
}

function picked(json: Json): Json {
  const fields: Record<string, unknown> = {};
  for (const name of [...Object.keys(sameAs), ...names]) {
    const value = json[name];
    if (typeof value === 'string' || typeof value === 'number') {
      fields[sameAs[name] ?? name] = withoutTokens(value);
    }
  }
  return fields;
}

/** The fields of JSON that was cut. */
function searched(text: string): Json {
  const fields: Record<string, unknown> = {};
  for (const name of names) {
    const [, string, number] = new RegExp(`"${name}"\\s*:\\s*(?:"((?:[^"\\\\]|\\\\.)*)|(-?\\d{1,9}))`).exec(text) ?? [];
    const value = string ?? (number === undefined ? undefined : Number(number));
    if (value !== undefined) {
      fields[name] = withoutTokens(value);
    }
  }
  return fields;
}

function withoutTokens(value: string | number): string | number {
  return typeof value === 'number' ? value : value.slice(0, maxFieldLength).replace(possibleToken, '…');
}
