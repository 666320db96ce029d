import type { HeaderList } from '../upstream';
import { endOfCharacter, escapes, other, unfinished } from './writtenForms';

/** What stands where the token was. As many as it had bytes, so that lengths and ranges stay true. */
const mask = 0x2a;

/** A token that is cut at the end of a text is masked if so many of its characters are there. */
const telling = 32;

/** Fewer bytes stand in many a text or file by chance, and guessing them is no harder than finding them there. */
const leastBytes = 6;

/**
 * Comparing takes so many steps for each byte at most. A text that takes more is made to be slow: it repeats a token that
 * repeats itself, and looking into it would stop all extensions for minutes.
 */
const mostSteps = 16;

/**
 * Hides a token in texts of a server: Reltio repeats the one that it rejects. Hides it in each form in which a server may
 * write it, and where it is spread over several chunks.
 */
export class TokenMask {
  private readonly token: Uint8Array;
  private steps = 0;

  constructor(token: string) {
    this.token = Buffer.from(token.length < leastBytes ? '' : token, 'latin1');
  }

  /** No server has a reason to name a header after a token. In any case: a client may have lowered it. */
  withoutNames(headers: HeaderList): HeaderList {
    const token = Buffer.from(this.token).toString('latin1').toLowerCase();
    return token === '' ? headers : headers.filter(([name]) => !name.toLowerCase().includes(token));
  }

  header(value: string): string {
    if (value.length < Math.min(telling, this.token.length)) {
      return value;
    }
    const bytes = Buffer.from(value, 'utf8');
    const masked = this.take(bytes, true);
    return masked.bytes === bytes ? value : Buffer.from(masked.bytes).toString('utf8');
  }

  /** Passes on what cannot be part of a token as soon as it arrives. */
  async *body(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    let rest: Uint8Array = new Uint8Array();
    for await (const chunk of chunks) {
      const { bytes, held } = this.take(rest.length === 0 ? chunk : Buffer.concat([rest, chunk]), false);
      rest = held;
      if (bytes.length > 0) yield bytes;
    }
    if (rest.length > 0) yield this.take(rest, true).bytes;
  }

  /** The same for a body that is no text, or says nothing of what it is: hides a token as it is only, which costs nothing. */
  async *plainBody(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    let rest: Uint8Array = new Uint8Array();
    for await (const chunk of chunks) {
      const all = this.masked(rest.length === 0 ? chunk : Buffer.concat([rest, chunk]));
      const end = all.length - this.begun(all);
      rest = new Uint8Array(all.subarray(end));
      if (end > 0) yield all.subarray(0, end);
    }
    if (rest.length > 0) yield rest.length >= telling ? new Uint8Array(rest.length).fill(mask) : rest;
  }

  private masked(all: Uint8Array): Uint8Array {
    let bytes = all;
    const searched = Buffer.from(all.buffer, all.byteOffset, all.byteLength);
    const next = (from: number): number => (this.token.length === 0 ? -1 : searched.indexOf(this.token, from));
    for (let at = next(0); at >= 0; at = next(at + this.token.length)) {
      if (bytes === all) bytes = new Uint8Array(all);
      bytes.fill(mask, at, at + this.token.length);
    }
    return bytes;
  }

  /** How many bytes at the end may be the beginning of a token. */
  private begun(all: Uint8Array): number {
    if (this.token.length === 0) {
      return 0;
    }
    const tail = Buffer.from(all.subarray(Math.max(0, all.length - this.token.length + 1)));
    for (let at = tail.indexOf(this.token[0] ?? 0); at >= 0; at = tail.indexOf(this.token[0] ?? 0, at + 1)) {
      const beginning = tail.subarray(at);
      if (beginning.equals(this.token.subarray(0, beginning.length))) return beginning.length;
    }
    return 0;
  }

  /**
   * @throws {Error} if that would take too long
   * @returns the bytes that are certain, and those from which on there may be a token that goes on in the next chunk
   */
  private take(all: Uint8Array, isEnd: boolean): { readonly bytes: Uint8Array; readonly held: Uint8Array } {
    let bytes = all;
    this.steps = 0;
    const nextPlace = places(Buffer.from(all.buffer, all.byteOffset, all.byteLength), this.token);
    for (let at = nextPlace(0); at < all.length;) {
      const end = this.endOfToken(all, at, isEnd);
      if (this.steps > mostSteps * all.length) throw new Error('The text is made to be slow.');
      if (end === unfinished) {
        return { bytes: bytes.subarray(0, at), held: new Uint8Array(all.subarray(at)) };
      }
      if (end !== other) {
        if (bytes === all) bytes = new Uint8Array(all); // the chunk is not ours to change
        bytes.fill(mask, at, end);
      }
      at = nextPlace(end === other ? at + 1 : end);
    }
    return { bytes, held: new Uint8Array() };
  }

  private endOfToken(bytes: Uint8Array, start: number, isEnd: boolean): number {
    let at = start;
    for (const [index, code] of this.token.entries()) {
      this.steps += 1;
      const end = endOfCharacter(bytes, at, code);
      if (end === unfinished && isEnd) {
        return index >= Math.min(telling, this.token.length) ? bytes.length : other;
      }
      if (end < 0) {
        return end;
      }
      at = end;
    }
    return at === start ? other : at;
  }
}

/**
 * Finds the next place, from a position on, at which the token may begin. Positions must grow from call to call. Two bytes
 * together are rare in other texts, so this costs little.
 */
function places(bytes: Buffer, token: Uint8Array): (from: number) => number {
  const [first = 0, ...others] = token.subarray(0, 2);
  const pairs = [...others, ...escapes].map((second) => Uint8Array.of(first, second));
  const signs = [...pairs, ...escapes].map((sign) => ({ sign, at: -1 }));
  const last = bytes.at(-1) === first ? bytes.length - 1 : bytes.length;
  return (from) => {
    let next = from <= last ? last : bytes.length;
    for (const one of signs) {
      if (one.at < from) {
        const at = bytes.indexOf(one.sign, from);
        one.at = at < 0 ? bytes.length : at;
      }
      next = Math.min(next, one.at);
    }
    return next;
  };
}
