import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundle } from '../../scripts/packing/bundle';
import { ROOT } from '../../scripts/process/folders';
import { defaultNetworkSettings } from '../../src/core/network/networkSettings';

describe('a bundle whose late files are gone', () => {
  let outdir: string;
  beforeEach(() => {
    outdir = mkdtempSync(join(tmpdir(), 'reltio-gone-'));
  });
  afterEach(() => {
    rmSync(outdir, { recursive: true });
  });

  /** Loads a module of ours as a bundle, and then deletes the other files, as VS Code does. */
  const without = async <T>(file: string): Promise<T> => {
    await bundle({ entry: join(ROOT, 'src', `${file}.ts`), outdir });
    const main = `${file.split('/').at(-1) ?? ''}.js`;
    const loaded = createRequire(join(outdir, 'x'))(`./${main}`) as T;
    const late = readdirSync(outdir).filter((name) => name !== main);
    assert.ok(late.length > 0);
    late.forEach((name) => {
      rmSync(join(outdir, name));
    });
    return loaded;
  };
  const parts = {
    userAgent: 'test',
    mayReceiveSecrets: () => Promise.resolve(true),
    settings: () => ({ ...defaultNetworkSettings, ownProxy: 'http://127.0.0.1:1' }),
    passphrase: () => Promise.resolve(undefined),
    env: {},
    onChoice: () => undefined,
  };
  const request = { method: 'GET', url: 'https://auth.reltio.com/', headers: {} } as const;
  const { signal } = new AbortController();
  const outdated = { kind: 'failure', code: 'windowOutdated' };

  it('does not call the network unreachable', async () => {
    const { LateNetwork } =
      await without<typeof import('../../src/core/network/lateNetwork')>('core/network/lateNetwork');
    const network = new LateNetwork(parts);
    assert.deepEqual(await network.send(request, signal), outdated);
    assert.deepEqual(await network.send(request, signal), outdated);
  });

  it('does not call the network unreachable if only the client for proxies is missing', async () => {
    const { Network } = await without<typeof import('../../src/core/network/network')>('core/network/network');
    const network = new Network(parts);
    assert.deepEqual(await network.send(request, signal), outdated);
    network.dispose();
  });

  it('does not call the journal unreadable', async () => {
    const { openJournal } =
      await without<typeof import('../../src/core/journal/openJournal')>('core/journal/openJournal');
    const journal = openJournal(outdir);
    await assert.rejects(journal.find('jane', 'r0'), { name: 'ReltioFailure', code: 'windowOutdated' });
    await journal.remove('jane');
  });
});
