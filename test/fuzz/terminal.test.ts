import assert from 'node:assert/strict';
import { Duplex } from 'node:stream';
import type { Socket } from 'node:net';
import fc from 'fast-check';
import { answerCalls } from '../../src/core/terminal/answerCalls';
import { serveConnection } from '../../src/core/terminal/callConnection';
import { clientSentences, saying } from '../../src/core/terminal/client/clientSentences';
import { refused } from '../../src/core/terminal/refused';
import { exitCodes } from '../../src/core/terminal/exitCodes';
import { maxCallBytes, parseCall, parseResult, resultLine } from '../../src/core/terminal/protocol';
import { readLine } from '../../src/core/terminal/readLine';
import { isTerminalKeys, newTerminalKeys } from '../../src/core/terminal/terminalKeys';
import { parseTokenArguments } from '../../src/core/terminal/tokenArguments';
import { FakeClock } from '../fakes/fakeClock';
import { fuzz } from './fuzz';
import { canary, hostileTexts } from './hostile';
import { mutated, mutatedString, mutatedText } from './mutations';

const { handle } = newTerminalKeys();
const call = { version: 1, handle, arguments: ['--environment', 'dev', '--min-ttl=300', '--json'] };

/** A client that sends these pieces. It waits for the answer if it has sent a line, and leaves otherwise. */
class Piped extends Duplex {
  written = '';
  private hasSentLine = false;

  constructor(private readonly pieces: Buffer[]) {
    super({ allowHalfOpen: false });
  }

  override _read(): void {
    const piece = this.pieces.shift();
    this.hasSentLine ||= piece?.includes('\n') === true;
    if (piece !== undefined || !this.hasSentLine) this.push(piece ?? null);
  }

  override _final(done: () => void): void {
    this.push(null);
    done();
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: () => void): void {
    this.written += chunk.toString();
    done();
  }
}

function pieced(text: string, size: number): Buffer[] {
  const bytes = Buffer.from(text);
  const step = Math.max(size, Math.ceil(bytes.length / 20), 1);
  return Array.from({ length: Math.ceil(bytes.length / step) }, (_, index) =>
    bytes.subarray(index * step, (index + 1) * step),
  );
}

describe('hostile bytes at the socket of reltio-token', () => {
  fuzz('a call', mutatedText(call, { ...call, version: 2 }), (line) => {
    const parsed = parseCall(line);
    if (parsed === undefined) return 'refused';
    assert.ok(typeof parsed.version === 'number' && typeof parsed.handle === 'string');
    assert.ok(parsed.arguments.every((one) => typeof one === 'string'));
    return 'accepted';
  });

  fuzz('a result', mutatedText({ version: 1, stdout: `${canary}\n`, stderr: '', exit: 0 }), (line) => {
    const result = parseResult(line);
    if (result === undefined) return 'refused';
    assert.ok(Number.isInteger(result.exit) && result.exit >= 0 && result.exit < 256);
    assert.deepEqual(parseResult(resultLine(result)), result, 'unchanged when written and read again');
    return 'accepted';
  });

  const frames = fc.tuple(
    mutatedText(call, call, { ...call, handle: newTerminalKeys().handle }),
    fc.constantFrom('\n', '\n', '\n', '\r\n', '\n{"more":1}\n', '', ` ${'x'.repeat(maxCallBytes)}\n`),
    fc.nat({ max: 500 }),
  );

  fuzz(
    'the first line, in pieces',
    frames,
    async ([text, end, size]) => {
      const sent = text + end;
      const socket = new Piped(pieced(sent, size)) as unknown as Socket;
      socket.on('error', () => undefined);
      const line = await readLine(socket, maxCallBytes);
      socket.destroy();
      if (line === undefined) return 'refused';
      assert.equal(line, Buffer.from(sent).toString().split('\n', 1)[0]);
      assert.ok(Buffer.byteLength(line) <= maxCallBytes);
      return 'accepted';
    },
    { oneIn: 2 },
  );

  fuzz(
    'a whole connection: whoever lacks the handle gets nothing',
    frames,
    async ([text, end, size]) => {
      const socket = new Piped(pieced(text + end, size));
      let asked = 0;
      const answer = answerCalls({
        token: () => {
          asked += 1;
          return Promise.reject(new Error(canary));
        },
        sentence: () => canary,
      });
      const server = { handle, answer, clock: new FakeClock() };
      await serveConnection(socket as unknown as Socket, server);
      const [first = ''] = (text + end).split('\n', 1);
      const hasHandle = parseCall(first)?.handle === handle;
      assert.ok(hasHandle || (socket.written === '' && asked === 0));
      assert.equal(server.clock.waiting, 0, 'no timer is left');
      if (socket.written === '') return 'refused';
      const result = parseResult(socket.written);
      assert.ok(result !== undefined && !socket.written.includes(canary) && result.exit !== exitCodes.ok);
      return 'accepted';
    },
    { oneIn: 4 },
  );

  const word = fc.oneof(
    fc.constantFrom('--account', '--environment', '--min-ttl', '--header', '--json', '300', 'dev', 'jane@acme.com'),
    mutatedString('--account=jane', '--environment=dev', '--min-ttl=300', '--header', '--json=1', '--help', '-h'),
    fc.constantFrom(...hostileTexts),
  );
  fuzz('the arguments', fc.array(word, { maxLength: 6 }), (args) => {
    const asked = parseTokenArguments(args);
    switch (asked.asks) {
      case 'token': {
        const { account = 'x', environment = 'x', form, minTtl } = asked.wish;
        assert.ok(account.trim() !== '' && environment.trim() !== '');
        assert.ok(['token', 'header', 'json'].includes(form) && Number.isSafeInteger(minTtl) && minTtl >= 0);
        return 'accepted';
      }
      case 'help':
        return 'accepted';
      case 'nothing':
        assert.ok(asked.mistake.length < 200, asked.mistake);
        return 'refused';
    }
  });

  fuzz('the sentences that were written down for it', mutatedText({ noAnswer: 'Niemand antwortet.' }), (text) => {
    const sentence = saying(() => text)('noAnswer');
    assert.ok(sentence.trim() !== '');
    assert.match(refused(exitCodes.noWindow, sentence).stderr, /^reltio-token: \P{C}*\n$/u, 'one line, and no escape');
    return sentence === clientSentences.noAnswer() ? 'refused' : 'accepted';
  });

  fuzz('the keys of a workspace, as they were stored', mutated(newTerminalKeys()), (stored) => {
    if (!isTerminalKeys(stored)) return 'refused';
    assert.match(stored.handle, /^[\w-]{20,}$/);
    return 'accepted';
  });
});
