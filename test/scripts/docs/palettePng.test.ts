import assert from 'node:assert/strict';
import { inflateSync } from 'node:zlib';
import { palettePng } from '../../../scripts/docs/palettePng';

describe('a PNG with a palette', () => {
  const white = [255, 255, 255, 255];
  const black = [0, 0, 0, 255];
  const clear = [0, 0, 0, 0];
  const pixels = (...colours: readonly number[][]): Uint8Array => Uint8Array.from(colours.flat());

  it('has the same pixels if they have few colours, also where rows have an odd number of them', () => {
    const shown = pixels(white, black, clear, black, white, white);
    assert.deepEqual(pixelsOf(palettePng(shown, 3, 2)), [...shown]);
  });

  it('has at most as many colours as wanted, each close to what was there', () => {
    const grey = Array.from({ length: 256 }, (_, value) => [value, value, value, 255]);
    for (const most of [16, 32]) {
      const shown = pixelsOf(palettePng(pixels(...grey), 16, 16, most));
      const values = shown.filter((_, index) => index % 4 === 0);
      assert.ok(new Set(values).size <= most);
      for (const [index, value] of values.entries())
        assert.ok(Math.abs(value - index) <= 256 / most, `${index}: ${value}`);
    }
  });

  it('keeps a large plain area exactly, however many colours the rest has', () => {
    const plain = Array.from({ length: 10_000 }, () => [31, 31, 31, 255]);
    const noise = Array.from({ length: 1_000 }, (_, index) => [
      index % 256,
      (index * 7) % 256,
      (index * 13) % 256,
      255,
    ]);
    const shown = pixelsOf(palettePng(pixels(...plain, ...noise), 100, 110));
    const [red = 0] = shown;
    assert.ok(Math.abs(red - 31) <= 2, String(red));
  });

  it('is the same for the same pixels, and says that it is whole', () => {
    const shown = pixels(white, black, white, black);
    assert.deepEqual(palettePng(shown, 2, 2), palettePng(shown, 2, 2));
    assert.equal(palettePng(shown, 2, 2).subarray(-4).toString('hex'), 'ae426082', 'the checksum of IEND');
  });
});

/** Reads the files that are written here, and no others. */
function pixelsOf(png: Buffer): number[] {
  const chunks = new Map<string, Buffer>();
  for (let at = 8; at < png.length; at += 12 + png.readUInt32BE(at)) {
    chunks.set(png.toString('latin1', at + 4, at + 8), png.subarray(at + 8, at + 8 + png.readUInt32BE(at)));
  }
  const header = chunks.get('IHDR') ?? Buffer.alloc(0);
  const [width, height, bits] = [header.readUInt32BE(0), header.readUInt32BE(4), header[8] ?? 0];
  const palette = chunks.get('PLTE') ?? Buffer.alloc(0);
  const rows = inflateSync(chunks.get('IDAT') ?? Buffer.alloc(0));
  const bytesInRow = rows.length / height;
  return Array.from({ length: width * height }, (_, index) => {
    const [x, y] = [index % width, Math.floor(index / width)];
    const byte = rows[y * bytesInRow + 1 + Math.floor((x * bits) / 8)] ?? 0;
    const colour = bits === 8 ? byte : x % 2 === 0 ? byte >> 4 : byte & 15;
    return [...palette.subarray(colour * 3, colour * 3 + 3), chunks.get('tRNS')?.[colour] ?? 255];
  }).flat();
}
