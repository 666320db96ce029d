import * as zlib from 'node:zlib';
import type { Unpack } from './tokenContent';

/** Node 22.15 and newer have it, and so has every VS Code that this extension runs in. */
interface WithZstd {
  readonly zstdDecompressSync?: (
    packed: Buffer,
    options: { readonly maxOutputLength: number; readonly params: Readonly<Record<number, number>> },
  ) => Buffer;
}

/** `ZSTD_d_windowLogMax` in `zstd.h`. */
const windowLogMax = 100;
/** 8 MB, which every decoder should support (RFC 8878 section 3.1.1.1.2): a token that needs more memory is an attack. */
const smallWindow = 23;

/** Also safe for a hostile token: neither the result nor the memory grows beyond its limit. */
export const unpackZstd: Unpack = (packed, maxLength) => {
  const { zstdDecompressSync } = zlib as WithZstd;
  if (zstdDecompressSync === undefined) {
    throw new Error('This Node cannot unpack zstd');
  }
  return zstdDecompressSync(packed, { maxOutputLength: maxLength, params: { [windowLogMax]: smallWindow } });
};
