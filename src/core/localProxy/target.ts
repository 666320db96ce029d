/** Stands for any environment: all of them are parsed by the same rules. */
const someOrigin = 'https://environment.invalid';

/** How many servers behind one another may each decode the path once more. */
const decodings = 2;

/**
 * The path and query to send to an environment, in the form in which every later parser leaves them as they are; undefined
 * if they contain what must be encoded, or lead out of the environment in any reading.
 *
 * @param path empty, or begins with `/`
 * @param query empty, or begins with `?`
 */
export function checkedTarget(path: string, query: string): string | undefined {
  const isPlain = /^(?:\/[\x21-\x7e]*)?$/.test(path) && /^(?:\?[\x21-\x7e]*)?$/.test(query);
  const hasOddCharacters = /[\\#]|%(?:[01][0-9a-f]|7f)/i.test(path) || query.includes('#');
  if (!isPlain || hasOddCharacters || readingsOf(path).some(climbs)) {
    return undefined;
  }
  const { pathname, search } = new URL(someOrigin + path + query);
  return pathname + search;
}

/** The name of the environment in a path; undefined if it cannot be one. */
export function decodedName(segment: string): string | undefined {
  if (/[^\x21-\x7e]|[\\#]/.test(segment)) {
    return undefined;
  }
  try {
    const name = decodeURIComponent(segment);
    return /(?:^|[/\\])\.\.?(?:[/\\]|$)|\p{Cc}/u.test(name) ? undefined : name;
  } catch {
    return undefined; // a broken escape
  }
}

/**
 * The address at the environment.
 *
 * @param origin of the environment, such as `https://dev.reltio.com`
 * @param target of an admitted request
 * @throws {TypeError} if it leads elsewhere, or would be sent in another form, which is so for no admitted target
 */
export function upstreamUrl(origin: string, target: string): string {
  const environment = new URL(origin);
  const url = new URL(environment.origin + target);
  if (url.pathname + url.search !== target || url.origin !== environment.origin) {
    throw new TypeError('The target leaves its environment.');
  }
  return url.href;
}

/** A path as it may be read: as it is, and decoded once or more. */
export function readingsOf(path: string): readonly string[] {
  const readings = [path];
  for (let times = 0; times < decodings; times += 1) readings.push(decodedAscii(readings.at(-1) ?? ''));
  return readings;
}

function decodedAscii(path: string): string {
  return path.replace(/%([0-7][0-9a-f])/gi, (_escape, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
}

/** Whether there are more steps up than steps down before them. Some servers ignore what follows a `;` in a segment. */
function climbs(path: string): boolean {
  let depth = 0;
  for (const segment of path.split(/[/\\]/)) {
    const [name] = segment.split(';', 1);
    if (name === '..') {
      depth -= 1;
    } else if (segment !== '' && name !== '.') {
      depth += 1;
    }
    if (depth < 0) return true;
  }
  return false;
}
