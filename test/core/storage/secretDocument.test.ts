import assert from 'node:assert/strict';
import { SecretDocument } from '../../../src/core/storage/secretDocument';
import { FakeClock } from '../../fakes/fakeClock';
import { FakeSecrets } from '../../fakes/fakeSecrets';
import { RecordingLog } from '../../fakes/recordingLog';

interface Box {
  readonly content: string;
}

function box(json: Readonly<Record<string, unknown>>): Box | undefined {
  return typeof json['content'] === 'string' ? { content: json['content'] } : undefined;
}

describe('SecretDocument', () => {
  const secrets = () => new FakeSecrets(new FakeClock());

  function open(shared: FakeSecrets) {
    const log = new RecordingLog();
    const window = shared.window();
    return { document: new SecretDocument(window, log, 'box', box), window, log };
  }

  it('reads what it wrote, with its version', async () => {
    const shared = secrets();
    const { document } = open(shared);
    assert.deepEqual(await document.read(), { kind: 'absent' });
    await document.write({ content: 'x' });
    assert.deepEqual(await document.read(), { kind: 'ok', value: { content: 'x' } });
    assert.deepEqual(shared.json('box'), { version: 1, content: 'x' });
  });

  it('leaves a document of version 99 untouched', async () => {
    const shared = secrets();
    const text = '{"version":99,"content":{"new":"shape"}}';
    shared.put('box', text);
    const { document, window } = open(shared);
    assert.deepEqual(await document.read(), { kind: 'newer' });
    assert.deepEqual(window.writes, []);
    assert.equal(shared.values.get('box'), text);
  });

  const garbage = {
    'no JSON': 'garbage with token-93f2',
    'half of a document': '{"version":1,"content":"token-93f2',
    'no version': '{"content":"token-93f2"}',
    'an old version': '{"version":0,"content":"token-93f2"}',
    'a version that is no number': '{"version":"1","content":"token-93f2"}',
    'another shape': '{"version":1,"content":["token-93f2"]}',
    'an array': '["token-93f2"]',
    null: 'null',
  };
  for (const [what, text] of Object.entries(garbage)) {
    it(`keeps ${what} under another key, once, and says so without its content`, async () => {
      const shared = secrets();
      shared.put('box', text);
      const { document, window, log } = open(shared);
      assert.deepEqual(await document.read(), { kind: 'damaged' });
      assert.deepEqual(await document.read(), { kind: 'damaged' });
      assert.equal(shared.values.get('box.damaged'), text);
      assert.deepEqual(window.writes, ['box.damaged']);
      assert.ok(log.lines.length > 0 && !log.text.includes('token-93f2'));
    });
  }

  it('takes an empty text for nothing', async () => {
    const shared = secrets();
    shared.put('box', '');
    const { document } = open(shared);
    assert.deepEqual(await document.read(), { kind: 'absent' });
    assert.equal(shared.values.get('box.damaged'), undefined);
  });

  it('cannot be read, and so is not replaced, where no copy can be kept', async () => {
    const shared = secrets();
    shared.put('box', 'garbage');
    const { document, window } = open(shared);
    window.failing = 'store';
    await assert.rejects(document.read());
    assert.equal(shared.values.get('box'), 'garbage');
    window.failing = undefined;
    assert.deepEqual(await document.read(), { kind: 'damaged' });
    assert.equal(shared.values.get('box.damaged'), 'garbage');
  });
});
