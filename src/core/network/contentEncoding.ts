import { promisify } from 'node:util';
import { brotliDecompress, constants, gunzip, inflate, inflateRaw } from 'node:zlib';
import { largestBody } from './exchange';

/** As many as undici's `fetch` accepts: each may be a zip bomb inside another. */
const mostEncodings = 5;

/** A truncated body is read as far as it goes, as undici's `fetch` and browsers do. */
const zlibOptions = { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: largestBody };
const brotliOptions = { finishFlush: constants.BROTLI_OPERATION_FLUSH, maxOutputLength: largestBody };

type Decode = (encoded: Uint8Array) => Promise<Uint8Array>;

const gzip: Decode = (encoded) => promisify(gunzip)(encoded, zlibOptions);
/** RFC 9110 section 8.4.1.2 means zlib's format; some servers leave out its header. */
const deflate: Decode = (encoded) =>
  promisify(((encoded[0] ?? 0) & 0x0f) === 0x08 ? inflate : inflateRaw)(encoded, zlibOptions);
const brotli: Decode = (encoded) => promisify(brotliDecompress)(encoded, brotliOptions);
const encodings = new Map([
  ['gzip', gzip],
  ['x-gzip', gzip],
  ['deflate', deflate],
  ['br', brotli],
]);

/**
 * Decodes a body by its `Content-Encoding` (RFC 9110 section 8.4). Works like the host's `fetch`, so that both clients
 * return the same: if any encoding is unknown, the body is not decoded.
 *
 * @returns undefined as soon as the body turns out too large; the rest is not decoded
 * @throws zlib's error if the body is broken
 */
export async function decoded(body: Uint8Array, contentEncoding = ''): Promise<Uint8Array | undefined> {
  const names = contentEncoding.toLowerCase().split(',');
  if (names.length > mostEncodings) {
    throw new Error('Too many content encodings');
  }
  const steps = names.reverse().map((name) => encodings.get(name.trim()));
  let bytes = body;
  for (const step of steps.every((known) => known !== undefined) ? steps : []) {
    if (bytes.byteLength === 0) {
      break; // zlib reports an empty body as broken
    }
    try {
      bytes = await step(bytes);
    } catch (error) {
      if (error instanceof RangeError && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE') {
        return undefined;
      }
      throw error;
    }
  }
  return bytes;
}
