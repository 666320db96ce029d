/** A longer line is not the one that we look for, and is not held back. */
const longestLine = 8 * 1024;

const lineFeed = 0x0a;
const carriageReturn = 0x0d;

/**
 * The older transport of MCP over HTTP begins its event stream with an event `endpoint`, whose data is the address to which
 * the client shall send its messages. It needs the same change as a `Location`. All else passes as it is, and nothing waits
 * but a line that is not complete yet.
 *
 * @param edit changes an address
 */
export async function* withEndpoint(
  chunks: AsyncIterable<Uint8Array>,
  edit: (address: string) => string,
): AsyncGenerator<Uint8Array> {
  const search = new Search(edit);
  for await (const chunk of chunks) {
    const passed = search.isOver ? chunk : search.take(chunk);
    if (passed.length > 0) yield passed;
  }
  if (search.rest.length > 0) yield search.rest;
}

class Search {
  isOver = false;
  rest: Uint8Array = new Uint8Array();
  private isEndpoint = false;

  constructor(private readonly edit: (address: string) => string) {}

  take(chunk: Uint8Array): Uint8Array {
    const bytes = Buffer.concat([this.rest, chunk]);
    this.rest = new Uint8Array();
    const passed: Uint8Array[] = [];
    let from = 0;
    while (!this.isOver) {
      const end = endOfLine(bytes, from);
      if (end < 0) {
        break;
      }
      passed.push(this.line(bytes.subarray(from, end)));
      from = end;
    }
    this.isOver ||= bytes.length - from > longestLine;
    if (this.isOver) {
      passed.push(bytes.subarray(from));
    } else {
      this.rest = bytes.subarray(from);
    }
    return Buffer.concat(passed);
  }

  /** @param line one without its end */
  private line(line: Buffer): Buffer {
    const [, field = '', value = ''] = /^([^:]*)(?:: ?(.*))?$/.exec(line.toString('utf8')) ?? [];
    if (field === 'event') {
      this.isEndpoint = value === 'endpoint';
      this.isOver = !this.isEndpoint;
    } else if (field === 'data') {
      this.isOver = true;
      return this.isEndpoint ? Buffer.from(`data: ${this.edit(value)}`) : line;
    }
    return line;
  }
}

/** Where the next line ends: before its separator, or, if it begins with one, after that. Negative if that is not there. */
function endOfLine(bytes: Uint8Array, from: number): number {
  const isSeparator = (at: number): boolean => bytes[at] === lineFeed || bytes[at] === carriageReturn;
  if (isSeparator(from)) {
    return from + 1;
  }
  for (let at = from; at < bytes.length; at += 1) {
    if (isSeparator(at)) return at;
  }
  return -1;
}
