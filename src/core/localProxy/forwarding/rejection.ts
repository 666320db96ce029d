import { within, type Clock } from '../../base/clock';
import type { UpstreamResponse } from '../upstream';

/** How much of an answer is read to find out why the token was refused, and for how long (milliseconds). */
const readBytes = 64 * 1024;
const readTime = 5_000;

const sign = 'invalid_token';

export interface Examined {
  readonly rejectsToken: boolean;
  /** The same answer, whose body can be read from its beginning. */
  readonly answer: UpstreamResponse;
}

/** Whether an answer says that the token is not valid. A 401 may also be about something else, or come from a gateway. */
export async function examine(answer: UpstreamResponse, clock: Clock): Promise<Examined> {
  if (answer.status !== 401) {
    return { rejectsToken: false, answer };
  }
  const challenge = answer.headers.some(([name, value]) => /^www-authenticate$/i.test(name) && value.includes(sign));
  if (challenge) {
    return { rejectsToken: true, answer };
  }
  const chunks = answer.body[Symbol.asyncIterator]() as AsyncIterator<Uint8Array, undefined>;
  const read: Promise<IteratorResult<Uint8Array, undefined>>[] = [];
  let isOver = false;
  const look = async (): Promise<boolean> => {
    let text = '';
    while (text.length < readBytes && !isOver) {
      const next = chunks.next();
      read.push(next);
      const { done, value } = await next;
      if (done === true) return false;
      text += Buffer.from(value).toString('latin1');
      if (text.includes(sign)) return true;
    }
    return false;
  };
  const looking = look().catch(() => false); // the connection was cut, which the client will see
  const rejectsToken = await within(clock, readTime, looking, () => false);
  isOver = true;
  const rest = { [Symbol.asyncIterator]: () => chunks };
  return { rejectsToken, answer: { ...answer, body: again(read, rest) } };
}

async function* again(
  read: readonly Promise<IteratorResult<Uint8Array, undefined>>[],
  rest: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  for (const next of read) {
    const { done, value } = await next;
    if (done === true) return;
    yield value;
  }
  yield* rest;
}
