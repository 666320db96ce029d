import { promisify } from 'node:util';
import { brotliDecompress, constants, gunzip, inflate, inflateRaw } from 'node:zlib';
import { largestBody } from './exchange';

/** As many as undici's `fetch` takes: each may be a bomb inside a bomb. */
const mostEncodings = 5;

/** As undici's `fetch` and browsers do: what lacks its end is read as far as it goes. */
const zlibOptions = { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: largestBody };
const brotliOptions = { finishFlush: constants.BROTLI_OPERATION_FLUSH, maxOutputLength: largestBody };

type Unpack = (packed: Uint8Array) => Promise<Uint8Array>;

const gzip: Unpack = (packed) => promisify(gunzip)(packed, zlibOptions);
/** RFC 9110 section 8.4.1.2 means zlib's format; some servers leave out its head. */
const deflate: Unpack = (packed) =>
  promisify(((packed[0] ?? 0) & 0x0f) === 0x08 ? inflate : inflateRaw)(packed, zlibOptions);
const brotli: Unpack = (packed) => promisify(brotliDecompress)(packed, brotliOptions);
const encodings = new Map([
  ['gzip', gzip],
  ['x-gzip', gzip],
  ['deflate', deflate],
  ['br', brotli],
]);

/**
 * A body as it was before a gateway packed it, by its `Content-Encoding` (RFC 9110 section 8.4). As the host's `fetch`
 * does it, so that both clients read the same: what has a name that nobody knows stays as it is, all of it.
 *
 * @returns undefined as soon as it turns out too large; the rest is not unpacked
 * @throws zlib's error where it is broken
 */
export async function unpacked(body: Uint8Array, contentEncoding = ''): Promise<Uint8Array | undefined> {
  const names = contentEncoding.toLowerCase().split(',');
  if (names.length > mostEncodings) {
    throw new Error('Too many content encodings');
  }
  const steps = names.reverse().map((name) => encodings.get(name.trim()));
  let bytes = body;
  for (const step of steps.every((known) => known !== undefined) ? steps : []) {
    if (bytes.byteLength === 0) {
      break; // zlib calls it broken
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
