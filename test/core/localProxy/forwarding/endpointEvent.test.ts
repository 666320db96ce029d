import assert from 'node:assert/strict';
import { withEndpoint } from '../../../../src/core/localProxy/forwarding/endpointEvent';

const edit = (address: string): string => `http://127.0.0.1:4000/key/dev${address}`;

async function* these(...chunks: readonly (string | Uint8Array)[]): AsyncGenerator<Uint8Array> {
  for (const chunk of chunks) yield await Promise.resolve(Buffer.from(chunk));
}

async function passed(...chunks: readonly (string | Uint8Array)[]): Promise<string[]> {
  const texts: string[] = [];
  for await (const chunk of withEndpoint(these(...chunks), edit)) texts.push(Buffer.from(chunk).toString('latin1'));
  return texts;
}

const all = async (...chunks: readonly (string | Uint8Array)[]): Promise<string> => (await passed(...chunks)).join('');

describe('the address for messages in an event stream of MCP', () => {
  const message = 'event: message\ndata: /b\n\n';
  for (const [name, stream, expected] of [
    ['is changed', 'event: endpoint\ndata: /m?s=1\n\n', `event: endpoint\ndata: ${edit('/m?s=1')}\n\n`],
    ['needs no blank', 'event:endpoint\ndata:/m\n\n', `event:endpoint\ndata: ${edit('/m')}\n\n`],
    [
      'may follow comments',
      ': hi\n\nretry: 5\nid: 1\nevent: endpoint\ndata: /m\n\n',
      `: hi\n\nretry: 5\nid: 1\nevent: endpoint\ndata: ${edit('/m')}\n\n`,
    ],
    [
      'ends where its line does',
      'event: endpoint\r\ndata: /m\r\n\r\n',
      `event: endpoint\r\ndata: ${edit('/m')}\r\n\r\n`,
    ],
    ['also where old systems end it', 'event: endpoint\rdata: /m\r\r', `event: endpoint\rdata: ${edit('/m')}\r\r`],
    [
      'is in the first event only',
      `${message}event: endpoint\ndata: /m\n\n`,
      `${message}event: endpoint\ndata: /m\n\n`,
    ],
    [
      'is once there',
      'event: endpoint\ndata: /m\n\nevent: endpoint\ndata: /n\n\n',
      `event: endpoint\ndata: ${edit('/m')}\n\nevent: endpoint\ndata: /n\n\n`,
    ],
    [
      'is not data without a name',
      'data: /m\n\nevent: endpoint\ndata: /m\n\n',
      'data: /m\n\nevent: endpoint\ndata: /m\n\n',
    ],
    ['is not another event', 'event: endpoints\ndata: /m\n\n', 'event: endpoints\ndata: /m\n\n'],
    ['is not in a cut line', 'event: endpoint\ndata: /m', 'event: endpoint\ndata: /m'],
  ] as const) {
    it(name, async () => {
      assert.equal(await all(stream), expected);
      assert.equal(await all(...stream), expected, 'one character after the other');
    });
  }

  it('passes other bytes as they are, and each line at once', async () => {
    const bytes = Uint8Array.of(0xff, 0xfe, 0x0a, 0x3a, 0xc3, 0x0a);
    assert.equal(await all(bytes), Buffer.from(bytes).toString('latin1'));
    assert.deepEqual(await passed(': a\n', ': b\n\n', 'data: c', 'd\n', 'e'), [
      ': a\n',
      ': b\n\n',
      'data: c' + 'd\n',
      'e',
    ]);
  });

  it('holds back no line that is too long', async () => {
    const long = `data: ${'x'.repeat(9_000)}`;
    assert.deepEqual(await passed(long, 'y'), [long, 'y']);
  });
});
