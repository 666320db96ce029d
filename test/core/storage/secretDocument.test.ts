import assert from 'node:assert/strict';
import type { Json } from '../../../src/core/base/json';
import type { DocumentFormat } from '../../../src/core/storage/documentFormat';
import { SecretDocument } from '../../../src/core/storage/secretDocument';
import { FakeClock } from '../../fakes/fakeClock';
import { FakeSecrets } from '../../fakes/fakeSecrets';
import { RecordingLog } from '../../fakes/recordingLog';

interface Box {
  readonly content: string;
}

const box: DocumentFormat<Box> = {
  key: 'box',
  upgrades: [],
  parse: ({ content }) => (typeof content === 'string' ? { content } : undefined),
};

describe('SecretDocument', () => {
  const secrets = () => new FakeSecrets(new FakeClock());

  function open(shared: FakeSecrets) {
    const log = new RecordingLog();
    const window = shared.open();
    return { document: new SecretDocument(window, log, box), window, log };
  }

  it('reads what it wrote, with its version', async () => {
    const shared = secrets();
    const { document, log } = open(shared);
    assert.deepEqual(await document.read(), { kind: 'absent' });
    await document.write({ content: 'x' });
    assert.deepEqual(await document.read(), { kind: 'ok', value: { content: 'x' } });
    assert.deepEqual(log.lines, []);
    assert.deepEqual(shared.json('box'), { version: 1, content: 'x' });
  });

  it('parses a document once, however often it is read, and again when it has changed', async () => {
    const shared = secrets();
    let parsed = 0;
    const counting = {
      ...box,
      parse: (json: Json) => {
        parsed += 1;
        return box.parse(json);
      },
    };
    shared.put('box', '{"version":1,"content":"x"}');
    const document = new SecretDocument(shared.open(), new RecordingLog(), counting);
    assert.deepEqual(await document.read(), await document.read());
    assert.equal(parsed, 1);
    shared.put('box', '{"version":1,"content":"y"}');
    const reopened = new SecretDocument(shared.open(), new RecordingLog(), counting);
    assert.deepEqual(await reopened.read(), { kind: 'ok', value: { content: 'y' } });
    await reopened.write({ content: 'z' });
    assert.deepEqual(await reopened.read(), { kind: 'ok', value: { content: 'z' } });
    assert.equal(parsed, 3);
  });

  it('leaves a document of version 99 untouched', async () => {
    const shared = secrets();
    const text = '{"version":99,"content":{"new":"shape"}}';
    shared.put('box', text);
    const { document, window, log } = open(shared);
    assert.deepEqual(await document.read(), { kind: 'newer' });
    assert.match(log.text, /box: written by a newer version/);
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
    it(`copies ${what} to another key, once, and logs that without its content`, async () => {
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

  it('treats an empty text as no document', async () => {
    const shared = secrets();
    shared.put('box', '');
    const { document } = open(shared);
    assert.deepEqual(await document.read(), { kind: 'absent' });
    assert.equal(shared.values.get('box.damaged'), undefined);
  });

  it('cannot be read, and so is not overwritten, if no copy can be kept', async () => {
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

  describe('of a type that is at version 3', () => {
    interface Crate {
      readonly contents: readonly string[];
      readonly isOpen: boolean;
    }

    /** Version 1 had one `content`, version 2 a list of `contents`, version 3 says whether the crate is open. */
    const crate: DocumentFormat<Crate> = {
      key: 'crate',
      upgrades: [
        ({ content, ...rest }) => ({ ...rest, contents: [(content as string).trim()] }),
        (json) => ({ ...json, isOpen: false }),
      ],
      parse: ({ contents, isOpen }) =>
        Array.isArray(contents) && typeof isOpen === 'boolean' ? { contents: contents as string[], isOpen } : undefined,
    };

    function opened(json: Json) {
      const shared = secrets();
      shared.put('crate', JSON.stringify(json));
      const window = shared.open();
      return { shared, window, document: new SecretDocument(window, new RecordingLog(), crate) };
    }

    const versions: readonly Json[] = [
      { version: 1, content: 'x' },
      { version: 2, contents: ['x'] },
      { version: 3, contents: ['x'], isOpen: false },
    ];
    for (const json of versions) {
      it(`reads version ${String(json['version'])}, and writes version 3 the next time`, async () => {
        const { shared, window, document } = opened(json);
        const value = { contents: ['x'], isOpen: false };
        assert.deepEqual(await document.read(), { kind: 'ok', value });
        assert.deepEqual(window.writes, []);
        assert.deepEqual(shared.json('crate'), json);
        await document.write(value);
        assert.deepEqual(shared.json('crate'), { version: 3, ...value });
      });
    }

    it('leaves version 4 untouched', async () => {
      const { window, document } = opened({ version: 4, contents: ['x'], isOpen: false });
      assert.deepEqual(await document.read(), { kind: 'newer' });
      assert.deepEqual(window.writes, []);
    });

    const damaged: Readonly<Record<string, Json>> = {
      'that an upgrade throws at': { version: 1, content: 7 },
      'whose upgrade has the wrong shape': { version: 2, contents: 'x' },
      'between two versions': { version: 1.5, content: 'x' },
      'before the first version': { version: 0, content: 'x' },
    };
    for (const [what, json] of Object.entries(damaged)) {
      it(`copies one ${what} to another key`, async () => {
        const { shared, document } = opened(json);
        assert.deepEqual(await document.read(), { kind: 'damaged' });
        assert.deepEqual(shared.json('crate.damaged'), json);
      });
    }
  });
});
