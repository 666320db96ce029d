import { pipeline } from 'node:stream';
import { constants, createBrotliDecompress, createGunzip, createInflate, createInflateRaw } from 'node:zlib';
import type { Transform } from 'node:stream';

/** As many as undici's `fetch` accepts: each may be a zip bomb inside another. */
const maxEncodings = 5;

/** Passes on at once what has arrived, and a truncated body as far as it goes, as undici's `fetch` and browsers do. */
const zlibOptions = { flush: constants.Z_SYNC_FLUSH, finishFlush: constants.Z_SYNC_FLUSH };
const brotliOptions = {
  flush: constants.BROTLI_OPERATION_FLUSH,
  finishFlush: constants.BROTLI_OPERATION_FLUSH,
};

/** @param first the first byte of the body */
type Decoder = (first: number) => Transform;

const gzip: Decoder = () => createGunzip(zlibOptions);
/** RFC 9110 section 8.4.1.2 means zlib's format; some servers leave out its header. */
const deflate: Decoder = (first) => ((first & 0x0f) === 0x08 ? createInflate : createInflateRaw)(zlibOptions);
const brotli: Decoder = () => createBrotliDecompress(brotliOptions);
const decoders = new Map([
  ['gzip', gzip],
  ['x-gzip', gzip],
  ['deflate', deflate],
  ['br', brotli],
]);

/** Whether a body of this `Content-Encoding` is decoded. As in undici's `fetch`, all of its encodings must be known. */
export function isDecodable(contentEncoding: string): boolean {
  const names = namesIn(contentEncoding);
  return names.length <= maxEncodings && names.every((name) => decoders.has(name));
}

/**
 * Decodes a body as it arrives.
 *
 * @param contentEncoding one that `isDecodable`
 */
export function decodedBody(body: AsyncIterable<Uint8Array>, contentEncoding: string): AsyncIterable<Uint8Array> {
  return namesIn(contentEncoding).reduceRight((encoded, name) => decodedOnce(encoded, name), body);
}

async function* decodedOnce(encoded: AsyncIterable<Uint8Array>, name: string): AsyncGenerator<Uint8Array> {
  const chunks = encoded[Symbol.asyncIterator]();
  let first = await chunks.next();
  while (first.done !== true && first.value.length === 0) first = await chunks.next();
  const decoder = first.done === true ? undefined : decoders.get(name)?.(first.value[0] ?? 0);
  if (first.done === true || decoder === undefined) {
    return; // zlib reports an empty body as broken
  }
  yield* pipeline(startingWith(first.value, chunks), decoder, () => undefined) as AsyncIterable<Uint8Array>;
}

async function* startingWith(
  first: Uint8Array,
  rest: AsyncIterator<Uint8Array>,
): AsyncGenerator<Uint8Array, void, undefined> {
  try {
    yield first;
    for (let next = await rest.next(); next.done !== true; next = await rest.next()) {
      yield next.value;
    }
  } finally {
    await rest.return?.();
  }
}

function namesIn(contentEncoding: string): string[] {
  return contentEncoding.split(',').map((name) => name.trim().toLowerCase());
}
