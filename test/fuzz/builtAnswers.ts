import fc from 'fast-check';
import type { HttpResponse } from '../../src/core/oauth/httpClient';

/** Every field that one of our parsers reads, and the names that every object inherits. */
const fields = [
  'access_token',
  'refresh_token',
  'token_type',
  'expires_in',
  'scope',
  'state_token',
  'token',
  'mfaType',
  'error',
  'error_description',
  'errorCode',
  'errorMessage',
  'errorDetailMessage',
  'message',
  'status',
  'active',
  '__proto__',
  'constructor',
  'toString',
  'valueOf',
  'toJSON',
];
const words = [
  'invalid_token',
  'invalid_client',
  'unauthorized',
  'bearer',
  'Token has expired',
  '401',
  'success',
  '\u202E',
];

const json = fc.letrec<{ value: unknown; object: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom<unknown>(null, true, false, 0, -1, 1e308, 401, '', ...words),
    fc.string(),
    fc.double(),
    fc.array(tie('value'), { maxLength: 4 }),
    tie('object'),
  ),
  object: fc.dictionary(fc.constantFrom(...fields), tie('value'), { maxKeys: 6, noNullPrototype: false }),
}));

const body = fc.oneof(
  json.object.map((value) => JSON.stringify(value)),
  fc
    .tuple(fc.constantFrom(...fields), fc.integer({ min: 1, max: 100_000 }))
    .map(([field, depth]) => `{"${field}":${'['.repeat(depth) + ']'.repeat(depth)}}`),
  fc.constantFrom(...fields).map((field) => `{"${field}":{"toString":null,"valueOf":1}}`),
  fc.string(),
);

/** An answer that is built from known field names with values of every kind, where `mutations.ts` changes a valid one. */
export const builtAnswer: fc.Arbitrary<HttpResponse> = fc
  .record({
    status: fc.constantFrom(0, 199, 200, 201, 204, 302, 400, 401, 403, 404, 429, 500, 503),
    body,
    headers: fc.dictionary(
      fc.constantFrom('retry-after', 'www-authenticate', 'date', 'content-type'),
      fc.oneof(
        fc.string(),
        fc.constantFrom('1e999', '9'.repeat(400), '-1', 'Basic "', 'Thu, 01 Jan 1970 00:00:00 GMT'),
      ),
    ),
  })
  .map((answer) => ({ kind: 'response', ...answer }));
