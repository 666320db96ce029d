import { deflateSync } from 'node:zlib';

/** Red, green, blue, opacity. */
type Colour = readonly [number, number, number, number];
interface Counted {
  readonly colour: Colour;
  readonly count: number;
}

const CHANNELS = [0, 1, 2, 3] as const;

/**
 * A PNG with at most `most` colours, which is a fraction of the size of a screenshot: text on a few plain areas needs no
 * more. The same pixels give the same bytes.
 *
 * @param pixels four bytes each, as a canvas has them
 */
export function palettePng(pixels: Uint8Array, width: number, height: number, most = 16): Buffer {
  const counted = countColours(pixels);
  const palette = paletteOf(counted, most);
  const indexes = new Map(counted.map(({ colour }) => [keyOf(colour), nearest(palette, colour)]));
  const bits = palette.length <= 16 ? 4 : 8;
  const bytesInRow = Math.ceil((width * bits) / 8);
  const rows = Buffer.alloc((bytesInRow + 1) * height); // each row begins with the number of its filter: none
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const index = indexes.get(keyAt(pixels, (y * width + x) * 4)) ?? 0;
      const at = y * (bytesInRow + 1) + 1 + Math.floor((x * bits) / 8);
      rows[at] = (rows[at] ?? 0) | (bits === 8 || x % 2 === 1 ? index : index << 4);
    }
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([bits, 3, 0, 0, 0], 8);
  const isOpaque = palette.every(([, , , opacity]) => opacity === 255);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('PLTE', Buffer.from(palette.flatMap(([red, green, blue]) => [red, green, blue]))),
    ...(isOpaque ? [] : [chunk('tRNS', Buffer.from(palette.map(([, , , opacity]) => opacity)))]),
    chunk('IDAT', deflateSync(rows, { level: 9, memLevel: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function countColours(pixels: Uint8Array): Counted[] {
  const counts = new Map<number, number>();
  for (let at = 0; at < pixels.length; at += 4) {
    const key = keyAt(pixels, at);
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return [...counts].map(([key, count]) => ({ colour: colourOf(key), count })).sort((a, b) => b.count - a.count);
}

/** Halves the colours that differ most until there are enough groups, then moves each to the middle of what is near it. */
function paletteOf(counted: readonly Counted[], most: number): Colour[] {
  if (counted.length <= most) return counted.map(({ colour }) => colour);
  const groups: Counted[][] = [[...counted]];
  while (groups.length < most) {
    const worst = groups.reduce((one, other) => (spread(other).size > spread(one).size ? other : one));
    const { channel } = spread(worst);
    const sorted = worst.sort((a, b) => a.colour[channel] - b.colour[channel]);
    const [low, high] = [sorted[0]?.colour[channel] ?? 0, sorted.at(-1)?.colour[channel] ?? 0];
    const middle = (low + high) / 2;
    const above = sorted.filter(({ colour }) => colour[channel] > middle);
    groups.splice(groups.indexOf(worst), 1, sorted.slice(0, sorted.length - above.length), above);
  }
  let palette = groups.map(average);
  for (let round = 0; round < 8; round += 1) {
    const near: Counted[][] = palette.map(() => []);
    for (const one of counted) near[nearest(palette, one.colour)]?.push(one);
    palette = near.map((group, index) => (group.length === 0 ? (palette[index] as Colour) : average(group)));
  }
  return palette;
}

/** The channel in which a group differs most, and by how much: many pixels count more than few. */
function spread(group: readonly Counted[]): { readonly channel: (typeof CHANNELS)[number]; readonly size: number } {
  const count = Math.sqrt(group.reduce((sum, one) => sum + one.count, 0));
  const sizes = CHANNELS.map((channel) => {
    const values = group.map(({ colour }) => colour[channel]);
    return { channel, size: (Math.max(...values) - Math.min(...values)) * count };
  });
  return sizes.reduce((one, other) => (other.size > one.size ? other : one));
}

function average(group: readonly Counted[]): Colour {
  const total = group.reduce((sum, { count }) => sum + count, 0);
  const [red = 0, green = 0, blue = 0, opacity = 0] = CHANNELS.map((channel) =>
    Math.round(group.reduce((sum, { colour, count }) => sum + colour[channel] * count, 0) / total),
  );
  return [red, green, blue, opacity];
}

function nearest(palette: readonly Colour[], colour: Colour): number {
  const distances = palette.map((one) =>
    CHANNELS.reduce<number>((sum, channel) => sum + (one[channel] - colour[channel]) ** 2, 0),
  );
  return distances.indexOf(Math.min(...distances));
}

function keyAt(pixels: Uint8Array, at: number): number {
  const [red = 0, green = 0, blue = 0, opacity = 0] = pixels.subarray(at, at + 4);
  return keyOf([red, green, blue, opacity]);
}

function keyOf([red, green, blue, opacity]: Colour): number {
  return ((red * 256 + green) * 256 + blue) * 256 + opacity;
}

function colourOf(key: number): Colour {
  const byte = (shift: number): number => Math.floor(key / 256 ** shift) % 256;
  return [byte(3), byte(2), byte(1), byte(0)];
}

function chunk(name: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), data]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(checksum(body));
  return Buffer.concat([length, body, sum]);
}

/** CRC-32: Node 20.19 has none of its own. */
function checksum(bytes: Buffer): number {
  let sum = 0xffffffff;
  for (const byte of bytes) {
    sum ^= byte;
    for (let bit = 0; bit < 8; bit += 1) sum = (sum >>> 1) ^ (sum & 1 ? 0xedb88320 : 0);
  }
  return (sum ^ 0xffffffff) >>> 0;
}
